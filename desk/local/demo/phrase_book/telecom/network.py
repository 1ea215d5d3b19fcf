# ruff: noqa: E501 - a phrase is one line
"""No signal, slow fibre, routers that blink."""

NETWORK = """
@story outage weight=11 team=network label=outage heat=.5 priority=high
>area Is there an outage in {district}? [No internet|Nothing works] since {clock}
>fibre My fibre is down [since yesterday|since {clock}|again]. // {account}, the box has a {light}
>area No signal at all in {district} [since this morning|since {clock}]. // Number {line}
>area [Whole street|All neighbours] without internet, {district}. When is it back?
>mobile I can make calls but no data. {line}, {district}
>mobile I can receive but not call out. // {line}
>mobile Emergency calls only on my {handset}, {line}. It was fine [last night|this morning]
>fibre Internet drops every {minutes} minutes in the evening, {district}. I need it for {use}
>area You texted that works in {district} would end at {clock}. [Still nothing|It's later than that]
>area (annoyed) {days} days without internet in {district} and the app says everything is fine. {account}
>area (annoyed) Third outage this month in {district}. I need it for {use}!
>area (hurried) No internet and {use} starts in {minutes} minutes. {district}!!
>area (chatty) The good news: my family talks again. The bad: no internet in {district} since {clock}. // Any idea?
>area (terse) Outage {district}?
@fork
@way 5 #area
  @agent
  Yes, [a cable was cut|a power fault at the exchange|tower {tower} is down] in {district}. The team is there; we expect {clock2}.
  It's known: ticket {ticket}. [Repair is planned|Should be back] by {clock2}. I'm sorry.
  (brisk) Known fault in {district}. Back around {clock2}.
  @customer
  >data [Ok|Thanks]. I need it for {use}, any way to get some data until then?
  >when {clock2}? It was {clock} an hour ago
  >money Will I get something off my bill?
  >always (annoyed) You always say that
  @agent
  #data I've put {gigabytes} GB on {line} for free, use it as a hotspot.
  #money You get the days back on the next bill, by itself.
  #when,always I understand. I've written your number on the ticket: a text comes as soon as it's up.
  @rest 2 9 snoozed=.8
  @fork
  @way 3
    @agent chance=.5
    >asked The fault in {district} is repaired. Is yours working too?
    @customer
    It's back, thanks
    #asked [Yes|Working] now
    (annoyed) Back. For how long?
    @end solved
  @way 1
    @customer
    [Others|Neighbours] have it back, I don't
    @agent
    >sw Please switch the box off for a minute. If the light stays, I'll send somebody tomorrow.
    @customer
    >green [That helped|Green now]
    >still Still {light}
    @agent
    #green [Good.|] I'll watch the line until tomorrow.
    #still Then somebody comes on {weekday_next} between 16 and 18, no cost.
    @end promised
  @join
@way 4 #fibre,mobile
  @agent
  #fibre >light I see no fault in {district}, so let's look at your line. Which light is on the box?
  #mobile >flight Which handset is it, and have you tried flight mode for ten seconds?
  #fibre >measure Let me measure. Please leave the box on.
  @customer
  #light A {light}
  #flight [Flight mode|Restart] didn't help
  #flight It's a {handset}. In my {relative2} phone the SIM works
  #measure It's on, {light}
  @agent work=2
  #fibre,mobile >reset I've [reset the port|sent new settings]. Give it three minutes.
  #mobile >reset The SIM is registered twice, that's why. Cleared.
  #fibre >visit The signal on the glass is too weak, something is bent or broken. A technician can come on {weekday_next}.
  @customer
  #reset [Hey|Oh], it works
  #visit {weekday_next} after {clock} please
  #reset [Working|Better], thank you
  #visit (annoyed) {weekday_next}?? And until then?
  @fork
  @way 3 #reset
    @agent chance=.6
    [Great|Good to hear]. I'll keep it under watch today.
    @end solved
  @way 2 #visit
    @agent
    Booked: {weekday_next}, {clock2}. He'll ring {phone}. Until then there's {gigabytes} GB on your phone.
    @rest 20 60
    @customer
    Technician was here, [cable behind the wall|a mouse, he says]. Works
    He changed the box, all good
    @end solved
  @join
@join
@back
>down It's down again, same {light}
>noone He didn't come
@again
#down I'm sorry. I've raised it to the line team with priority, and put {gigabytes} GB on your phone meanwhile.
#noone I've spoken to his office: today, {clock}, and the visit is free.

@story slow weight=8 team=network label=slow heat=.4
>fixed I pay for {speed2} and get {speed}. // {plan}, {district}
>cell Internet is slow [every evening|after {clock}|since the storm] in {district}. I can't do {use}
>cell 5G shows full bars and I get {speed}. Where: {district}
>fixed Upload is only {speed}, {use} is impossible
>wifi WiFi doesn't reach the [bedroom|roof|majlis]. What can you do? I have {plan}
>fixed The game has a ping of [180|240|310] in the evening. {plan}
>cap Data is slow since I used {gigabytes} GB. [Am I throttled|Is there a limit]? {line}
>fixed (annoyed) Speed test: {speed}. Contract: {speed2}. Bill: full price. {account}
>fixed (chatty) My son measures the speed every night like the temperature of a patient. // {speed} at {clock}, {speed2} promised
>cell (hurried) {use} in {minutes} minutes and it's {speed}, can you boost it?
>fixed (terse) {speed} on {plan}?
@agent
#fixed,wifi >how Did you test by cable or by WiFi? [By WiFi a wall costs half|That makes a big difference].
#cell >when Let me look at the cell in {district}. At what time is it worst?
#cap On {plan} it slows after {gigabytes} GB until the 1st. I can add some.
#fixed,wifi >how (brisk) Cable or WiFi? Which band?
@customer
#how WiFi, [two rooms away|same room]
#how By cable, just now: {speed}
#when Worst at {clock}
#cap Add some please. How much?
@note .3
#cell Cell {tower} full from 20 to 24, second carrier planned for {date_next}.
#fixed Profile was Fibre 100 in the system, not {plan}. Sales error.
@fork
@way 4 #fixed,cap,how
  @agent work=3
  #fixed Your line was set to the old plan, I'm sorry. Now it's {speed2}; try again.
  #fixed,wifi I moved your WiFi to another channel. The test says {speed2} by the box.
  #cap Added {gigabytes} GB for {small_amount}. Full speed in a minute.
  @customer
  #fixed,cap [{speed2} now|Wow, big difference]!
  Better. [Thank you|Thanks]
  #fixed (annoyed) So I paid for months for nothing?
  @agent chance=.6
  #fixed The difference for three months goes back on your bill.
  [Great|Good]. Write if it drops again.
  @end solved
@way 2 #cell
  @agent work=3
  The tower in {district} is full in the evening. A new one goes live on {date_next}. Until then I take {small_amount} off each month.
  @customer
  Ok, fair
  {date_next}? I'll [see|wait], but not longer
  @end promised
@way 1 #wifi
  @agent
  With those walls a second box is needed, {small_amount} a month. Shall I send one to try?
  @customer
  >yes To try, yes
  >no More money? No
  @set label=router
  @agent
  #yes It comes on {weekday_next}. 14 days free.
  #no I understand. Then put the box in the middle of the flat, as high as you can.
  @end promised
@join

@story router weight=5 team=devices label=router heat=.25
>light The router has a {light}. // {plan}, {account}
>name How do I change the WiFi [name|password]?
>conn My {handset} doesn't connect to the WiFi, others do
>back Do I have to give the router back when I [move|cancel]?
>conn New router arrived, [how do I connect it|the plug doesn't fit]. {account}
>hot The router gets very hot and [restarts|hangs], {days} times a day
>name I forgot the password of the WiFi and {relative} comes in {minutes} minutes
>own Which router is best for {plan}? Can I use my own?
>light (annoyed) Third router from you, again a {light}
>name (chatty) The children changed the WiFi name to something I can't write here. // How do I change it back?
>name (terse) WiFi password reset?
@agent
#name Open the app, Home, WiFi: there you can change both. Does it show your box?
#light,conn,hot Please press the small hole at the back for ten seconds, until all lights go off.
#own You can use your own on fibre, I'll send you the settings.
#back Yes, within 14 days, any shop takes it. You get a receipt.
@customer
#name [Found it|It's there], thanks
#light,conn >white Pressed it. Now it's blinking white
#name >here The app shows nothing
#hot I moved the box to the shelf
#back,own [Ok|Good], thanks
#hot I did. It comes back, but it's still hot
@agent
#white White is good: wait three minutes.
#here Then I do it from here: the new name is Rimal-{tower}, the password is in a text to {line}.
#hot If it stays hot I'll swap it. [Shall I send one|{shop} has some].
#name,back,own Good. Write if it gives you trouble.
@customer
#white,here Works now
#name,back,own,white,here [Great|Perfect]
#hot Swap it please
@agent chance=.5
#hot It'll be there by {weekday_next}; the man takes the old one.
#name,here Enjoy. Change the password once more yourself, to be safe.
@end solved
"""
