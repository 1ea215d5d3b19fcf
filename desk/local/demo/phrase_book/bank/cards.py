# ruff: noqa: E501 - a phrase is one line
"""Cards that are refused, lost, swallowed or misused."""

CARDS = """
@story card_refused weight=9 team=cards label=card heat=.4
>ref My card [was declined|got refused] at {shop_place} [just now|this morning|], there's money on it. // Card ending {card}
>ref [Why is|Is] my {card_kind} blocked? Ends in {card}
>abroad My card ending {card} doesn't work in {country}. I'm [at the till|standing here with a full basket]
>online I can't pay online with {card}, [the code never comes|it always fails at the last step]. It's for {merchant}
>chip Tapping doesn't work any more with my {card_kind}, {card}. The chip does
>online {merchant} says my card was refused [three|{few}] times. // Ends {card}, there should be {amount} on it
>gone The cash machine in {branch} [kept|swallowed] my card [ending {card}|]
>pin I typed the PIN wrong too often on {card}, [is it blocked now|what now]?
>ref (annoyed) Standing at {shop_place} with {relative} and a full trolley and the card {card} is refused. {amount} on the account!
>ref (annoyed) Second time this month my card {card} doesn't work. What are you doing?
>ref (hurried) In the taxi, card {card} won't go through, driver is waiting
>ref (chatty) Nothing like the silence of a queue when your card is refused. // {card}, {amount} on the account I promise
>ref (terse) Card {card} blocked?
@agent
#ref,online [I'm looking at it.|Let me check.] Was it today, and roughly what amount?
#ref,pin [I can see the attempts.|I see it was refused.] For safety: what's your date of birth and postcode?
#abroad Is it the first time in {country}? Payments there may be closed on the card.
#ref,online (brisk) Checking {card}. Was the PIN asked for?
#chip Does it fail everywhere, or just in one place?
#gone I can see where it is. Was anything paid out before it was kept?
@customer
#ref,online,abroad [Five minutes ago|Just now], {amount}
#ref,online,abroad {amount}, at {clock}. PIN was right
#ref,abroad,pin [Yes|First time]. Born {birth}, {street}
#ref,online Several times since {weekday_past}
#ref,online,abroad (terse) {amount}
#chip Everywhere. [Also at the machine|I tried three shops]
#gone No, [nothing|it just kept it]
#pin Born {birth}, {street}
@note .25
#abroad Geo block on, customer opted out of outside Europe last year.
#ref,online Limit 20 000 per week is reached, nothing wrong with the card.
#pin Wrong PIN 3x at {clock}, reset allowed.
@fork
@way 5 #ref,online,pin,abroad
  @agent work=2
  #abroad The card is closed for use outside Europe. I've opened it [for a month|until {date_next}]. Please try again.
  #ref,online The weekly limit was reached. I've raised it [until {weekday_next}|for today]; you can change it in the app under Cards.
  #pin,ref It was a wrong PIN, three times. It's unlocked now, [the old PIN holds|you see the PIN in the app].
  #online [Our system was too careful.|The fraud filter stopped it.] I've let {merchant} through.
  @customer
  [Works|It worked] now
  Great, it went through
  [Tried again|Yes], all fine
  (annoyed) Ok it works. You could have texted me
  @end solved
@way 2 #chip,gone,ref,online
  @agent work=2
  #chip >new The chip is worn out. A new card is on its way, [four|five] working days; until then you can pay with the phone.
  #ref,online >old The card expired last month; the new one was sent to {street}. Did it not come?
  #gone>new That card can't be taken out again. A new one is ordered, [four|five] working days; until then you can pay with the phone.
  @customer
  #old [No, nothing came|I moved in {date_old}]
  #new >phone How do I get it on the phone?
  #new >cash [Five days|That long]? And cash?
  @agent
  #old New address noted, new card ordered, old one closed.
  #phone In the app: Cards, then Add to phone. It takes a minute.
  #cash You can take out cash with the app at any of our machines.
  @end solved
@way 1
  @agent
  I'm not able to open it from here: it was closed because of suspected misuse. A colleague from Fraud watch calls {phone} within the hour.
  @set label=fraud team=fraud priority=high
  @customer
  Misuse? What happened?
  Ok. Please [soon|quickly], I have no other card
  @agent work=3
  Someone tried the number in {country} {few} times. Nothing went through. A new card is with you by {weekday_next}.
  @end promised
@join
@back
>again [It's blocked again|Refused again], same shop
>post The new card has not come, it's {weekday_next}
@again
#again Sorry about that. I've taken the rule off the card altogether and [tested it|watched an attempt go through].
#post The post says it was returned. I've sent another one by courier, tomorrow.

@story card_lost weight=6 team=cards label=card heat=.3 priority=high
>lost I've lost my card[, ending {card}|]. // [Can you block it|Please block it]
>lost My wallet was stolen [on the tram|in {country}|last night], please block everything. // Card {card}
>found Can I unblock my card? I found it [in the car|in another jacket]. {card}
>lost I left my card in a machine in {branch}. // It's a {card_kind}, {card}
>lost My [son|daughter] lost the youth card [again|at school], ends {card}
>when I blocked {card} in the app on {weekday_past}, when does the new one come?
>lost (hurried) Stolen wallet, airport, flying at {clock}. Block {card} and what do I do for money??
>lost (chatty) The dog has eaten my card. Literally. // {card}, teeth marks and all
>lost (terse) Block {card}
@agent
#lost [Blocked.|It's blocked now.] Were there any payments you don't know?
#lost I've closed {card}. Shall the new one go to {street}?
#lost (formal) The card is closed as of this minute. May I order a replacement for you?
#found If it was really only you who had it: yes. Any payments since you missed it that aren't yours?
#when I see it was ordered the same day, to {street}. Is that still right?
@customer
#lost,found >ok [No, all mine|Looks fine]. Yes please, same address
#lost >theft There's one of {amount} at {merchant} that isn't mine
#lost,when >travel Yes. How long? I'm [travelling|leaving] on {date_soon}
#when>ok Yes, same address
@fork
@way 4 #ok,travel
  @agent
  #ok The new one takes [four|five] working days. You find it in the app already today.
  #ok Ordered. PIN stays the same.
  #travel If you're off before that, pick up an emergency card in {branch}, bring your passport.
  #found It's open again. [If anything looks odd, write|Tell us if something looks odd].
  @end solved
@way 1 #theft
  @agent work=3
  That one was made after it was stolen, so we pay it back. I've started the claim, {case}; please send the police report number.
  @set label=fraud
  @rest 3 30
  @customer
  The number is 24-{card}/{error}
  Report is in the photo
  @agent
  Thank you. [The money is back on|{amount} will be on] your account by {weekday_next}.
  @end solved
@join

@story unknown_charge weight=7 team=fraud label=fraud heat=.45 priority=high
>un What is {amount} from {merchant}? // I never [bought|ordered] anything there
>un There's a payment of {amount} on {date_past} I don't [know|recognise]. // Card {card}
>un Somebody used my card {card} in {country}. I'm [at home in Norway|sitting in {branch}]
>sub {merchant} takes {small_amount} every month, I cancelled that [long ago|on {date_old}]
>un {few} payments to {merchant} this week, I made [one|none]. // {amount} in all
>twice I was charged twice by {merchant}, {amount} each
>un (annoyed) {amount} gone to {merchant} and your app says completed. I did NOT do this. {card}
>un (hurried) Somebody is emptying my card right now, {card}, {merchant}, please stop it
>un (chatty) I like shopping but even I didn't spend {amount} at {merchant}
>un (terse) {amount} {merchant} not mine
@agent
#un I've [closed the card|stopped {card}] to be safe. Do you have it with you?
#un Let me see. [Did you get|Was there] a text with a code before it?
#un Could {relative} have used it? [I have to ask|Sorry, the form wants to know].
#un (brisk) Card closed. Which of these are yours?
#sub It's a standing agreement with the merchant. Do you have anything in writing that you cancelled?
#twice One of them may only be a reservation. When exactly did you pay?
@customer
#un >inno I have the card [here|in my hand]. No code, nothing
#un >inno No. Nobody else [has it|knows the PIN]
#un >gave [There was a text|I did get a code] and I... typed it in on a page about a parcel
#un >mine Ah wait. {relative} [ordered|bought] something. Let me ask
#sub>inno Yes, a mail from {date_old}
#twice>inno [Both|The two] on {date_past}, within a minute
@note .4
#inno Merchant {merchant} is on the list since {weekday_past}, 14 cases.
#gave 3-D Secure passed, customer gave the code away. Talk to claims before promising.
#sub,twice Merchant does this a lot, third complaint this month.
#mine Waiting for the customer, may be family.
@colleague
#inno Same pattern as yesterday, refund without discussion.
#un We can still stop two of them, not booked yet.
@fork
@way 4 #inno
  @agent work=4
  #un [All clear|Good news]: it isn't booked yet, I've stopped it. A new card is coming.
  #un,sub,twice We pay back {amount} [today|within two days]. A new card is with you on {weekday_next}.
  #sub,twice,un I've disputed it with the merchant. You have the {amount} back for now, and if they don't answer in 45 days it stays.
  @customer
  [Thank you|Phew], I was [really|quite] worried
  [Great|Ok]. Do I need to do anything?
  @agent chance=.5
  Just cut the old card in two.
  No. If something else looks odd, write at once.
  @end solved
@way 2 #gave
  @agent
  The code was typed in, so I can't promise it. The claim is {case}; you get an answer by {date_next}.
  @rest 30 90
  @agent
  Claims has decided: we pay all but your own share of kr 1 200.
  The decision is here: we pay back {amount}. Take care with links in texts.
  @end promised
@way 2 #mine
  @customer
  Solved, it was {relative}. Sorry for the [noise|trouble]
  @agent
  [No harm done|That happens a lot]. I've opened the card again.
  @end solved
@join

@story odd_message weight=4 team=fraud label=fraud heat=.15
>safe I got a text from you about [a blocked account|a parcel fee|a login in {country}] with a link. Is that you?
>safe Somebody called and said he was from your [security|fraud] team, wanted my code. // Number was {phone}
>safe Is {email2} an address of yours?
>hurt I clicked a link in a text and typed in my [birth number|BankID code]. [What now|Help]
>safe A man on the marketplace wants to pay me through a link to your bank, {amount}. Is that safe?
>hurt {relative} gave a caller the code from the BankID app!
>safe (annoyed) Why do I get these fake texts in your name? Do something. Last one at {clock}
>safe (terse) Is this text from you?
@fork
@way 5 #safe
  @agent
  That isn't us. We never send links to log in. Please delete it[, and don't call back|].
  No, it's a fraud. Did you tap the link or type anything?
  @customer
  No, I [only looked|didn't touch it]
  #safe I forwarded it to you as well
  Good that I asked then
  @agent
  [Very good.|Well done.] Nothing more to do.
  Thank you, we've had the page taken down.
  @end solved
@way 3 #hurt
  @set priority=urgent
  @agent
  I've closed BankID and the online bank this minute. Is there any payment you don't know?
  Stay with me: the account is locked now. Please don't answer any call in the next hour.
  @customer
  >seen There's one of {amount} to somebody called {full_name2}
  >none No, nothing so far. My hands are shaking
  >none I don't dare to look
  @agent work=3
  #seen I see it and have asked the other bank to freeze it. You get a new BankID in {branch} with your passport.
  #none Nothing has left. I'll order new codes, they come by post in three days.
  @end solved
@join

@story abroad weight=4 team=cards label=card heat=.05
>reg I'm going to {country} on {date_next}. Will my card work there?
>cost What do you charge for [cash|paying] in {country}?
>tell Do I have to tell you that I travel to {country}? // {date_next} to [the end of the month|three weeks later]
>cost Should I pay in kroner or in local money in {country}?
>cost Which card is best in {country}, the {card_kind} or the other one?
>ins Does the {card_kind} include travel insurance? Trip to {country} cost {amount}
>reg (chatty) First holiday in {years} years! {country}! // Do I need to do anything so that my card keeps working?
>reg (terse) Card in {country}?
@agent
#reg It works, but open the region in the app first: Cards, Where it can be used.
#cost Paying costs 1.75 %, cash {fee} on top. Always choose local money.
#tell No need to tell us any more. [Just take|It's wise to take] a second card.
#ins The card covers trips if at least half was paid with it.
@customer
#cost,reg >limit And the limit for cash?
#reg,ins,tell [Done|Found it], thank you
#tell,reg,cost,ins >num Do you have a number I can call from there?
@agent
#limit 10 000 a day, if the machine gives that much.
#num It's on the back of the card; write it down elsewhere as well.
[You're all set.|] Have a [great|good] trip.
@end solved
"""
