# ruff: noqa: E501 - a phrase is one line
"""Claims: trips, cars, homes, things."""

CLAIMS = """
@story claim_status weight=9 team=claims label=claim heat=.4
>open [What's the|Any] status of [my claim|] {claim}? // Submitted on {date_old}
>docs I sent the documents for {claim} on {date_past}, did you [get|receive] them?
>open How long does a [travel|motor|medical] claim take? Mine is {claim}, [from|since] {date_old}
>miss [The app|Your portal] says {claim} is "pending documents". Which documents?
>open My claim {claim} over {amount} is still [under review|with the assessor]. [It has been|That's] {few} weeks
>short You paid {amount2} for {claim} but I claimed {amount}. [Why|Where is the rest]?
>open Who is handling {claim}? I keep getting [different|new] names
>docs Claim {claim} for {lost}, I uploaded the police report on {weekday_past}. [Enough|All ok] now?
>open (annoyed) {claim}. Since {date_old}! Do you answer only when people shout?
>miss (annoyed) Every week another document for {claim}. What next, my school report?
>miss (hurried) {claim}, boarding for {trip} at {clock}, is anything missing from me?
>open (chatty) I feel {claim} and I have become old friends. // Any news of it?
>open (terse) {claim} status
@agent work=2
#open,miss >pol [Let me open the file.|I have it here.] May I have the policy number, or your NRIC's last four?
#open >assess [I've found it.|I see it.] It is with our assessor since {weekday_past}.
#docs,miss >rec The documents arrived on {date_past}. One thing is missing: the original receipt.
#short >letter I see a payment and a letter. Have you seen the letter of {date_past}?
#open,docs >pol (brisk) Checking. Policy number?
@customer
#pol {policy}
#pol,rec [Policy|It's] {policy}, and I did send the [receipt|original]
#assess [Ok|Good to know]. And how long will he need?
#rec I sent the original [with the form|by post on {date_old}]
#letter No letter here. I moved to {street} in {date_old}
#pol (annoyed) {policy}. I have told [three|{few}] people
#pol (terse) {policy}
@note .35
#open,assess Assessor on leave till {weekday_next}, reassigning.
#docs,miss,rec Receipt is in the mail room scan of {date_past}, filed under the wrong claim.
#open Waiting for the airline's letter since {date_old}.
@colleague
#open,assess I can take it today.
#docs,miss,rec Found it, attached now.
@fork
@way 5 #open,docs
  @agent work=5
  #open,docs,assess It's approved. {amount} will be in your account by {weekday_next}.
  #open,assess I've moved it to the front: decision by {weekday_next}, and I'll write to you myself.
  #rec,docs We had it all along, [I'm sorry|my apologies]; it was filed wrongly. Payment goes out today.
  @customer
  [Great|Good], thank you
  [Finally|At last]. Same bank account as before please
  @end solved
@way 3 #miss,rec,pol,docs
  @agent work=3
  What's missing is [the doctor's memo|the boarding pass|a quotation for the repair]. As soon as it's here it takes three working days.
  @customer after=2 file=memo.pdf
  Here [it is|you go]
  Attached. Is that all now?
  I asked {doctor} for it, please find attached
  @agent work=2
  [Complete now|That's everything]. You'll hear by {date_soon}.
  Received and readable. Thank you.
  @end promised
@way 1 #short
  @agent work=2
  The policy deducts an excess of {excess} and wear of 20 percent, that's the difference. The calculation is attached.
  @customer
  Nobody told me about [wear|an excess]
  I see. [Not happy|That's a lot] but ok
  @agent
  It is on page 14. I've asked for a second look at the wear, as it was nearly new.
  @end refused
@join
@back
>pay It's {weekday_next} and no payment
>letter2 I got a letter asking for the same [document|memo] again
@again
#pay The payment run is in the evening; I see yours in it. If it isn't there tomorrow, reply here.
#letter2 Please ignore that letter, it crossed with your message.

@story trip_claim weight=8 team=claims label=travel,claim heat=.3
>cancel My flight to {trip} was cancelled. [What can I claim|Is the hotel covered]? // Policy {policy}
>theft I lost {lost} in {trip}. How do I claim?
>ill We [came back|returned] early from {trip} because of {illness}. // What do you need from us?
>ill I paid {amount} for a doctor in {trip}, {illness}. [How do I get it back|Is that covered]?
>late My bag came {few} days late in {trip}, I bought [clothes|things] for {amount}
>theft {lost} was stolen from [our room|the car|the beach] in {trip}. Police report is in [Thai|Japanese|Korean]
>cancel I have to cancel {trip}, [my father is in hospital|{illness}]. [Hotel|Tour] {amount} non refundable
>cancel Typhoon in {trip}, we are stuck here till {weekday_next}. Are extra nights covered? {policy}
>ill (annoyed) Your hotline from {trip} cost me {amount2} of roaming, nobody picked up. {policy}
>clinic (hurried) In a clinic in {trip}, {illness}, they want {amount} now. Do I pay?
>ill (chatty) {trip} was wonderful until {relative} met {illness}. // How does a claim work?
>gen (terse) Claim trip {trip}
@agent
#ill,theft I'm sorry to hear that. [Is everybody well|Are you all right] now?
#clinic >pol Please pay and keep all receipts, or call the assistance line and we guarantee it. Which policy is it?
#theft,late,cancel >rep [Let's see.|] When was it, and did you report it to the [airline|police|hotel]?
#ill,gen,late,cancel >what You can claim here. I need receipts, a report, and your boarding passes.
#gen,ill,cancel (careful) May I first take the dates of the trip and the policy number?
@customer file=receipt.jpg
#what,gen,cancel,late,ill {policy}, from {date_past}. Receipts attached
#ill We're [ok|better], thank you. {policy}
#theft Reported to the police the same day. Photo attached
#late,cancel Yes, I have a letter from the airline. {policy}, {amount} altogether
(annoyed) {policy}. I have receipts for everything, trust me
#clinic {policy}. Ok, I'll pay with the card. [Receipt follows|I'll send the bill]
@fork
@way 5 #ill,late,clinic,gen,theft,cancel
  @agent work=3
  [All here|That's complete]. Your claim is {claim}; expect an answer in five working days.
  #theft,ill,clinic I've opened {claim}. The report in the other language is fine, we translate it.
  #late,cancel Covered up to S$3,000. I've registered {claim}.
  @rest 20 80
  @agent
  {claim} is approved: {amount}, less {excess}. In your account by {weekday_next}.
  Good news, {amount} is on its way for {claim}.
  @customer chance=.8
  [Wow|Oh], that was quick. Thank you
  Received, thanks {agent}
  @end solved
@way 2 #cancel
  @agent
  I've registered {claim}. What I still need is a letter from the hotel that they keep the money.
  I've registered {claim}. What I still need is written proof that the money isn't refunded.
  @customer after=5
  They say they [don't write letters|only have an e-mail]. Is that enough?
  Attached
  @agent work=2
  An e-mail is fine.
  Thank you, now it's with the assessor.
  @end promised
@way 1 #theft
  @agent work=2
  Cash and things left unattended aren't covered, I'm sorry. The rest we can look at.
  The cover began on the day after the booking of the policy, and the warning for {trip} was already out.
  @customer
  Unattended? It was in a locked [room|car]
  So what do I pay you for
  @agent
  If it was locked, send me a photo of the lock or the police report saying so, and I'll reopen it.
  @end refused
@join

@story accident weight=7 team=claims label=motor,claim heat=.35 priority=high
>crash I had an accident with {car} at {place}. [Nobody hurt|All fine, just metal]. // What do I do?
>fled Somebody hit {car} in {place} and drove off. // {plate}, policy {policy}
>crash A [taxi|lorry|delivery bike] hit me from behind at {place} [this morning|at {clock}]. I have photos and his number
>glass My windscreen is cracked, [a stone|something fell] at {place}. Is there an excess? {plate}
>tow {car} won't start, I'm at {place}. Do I have towing? {plate}
>cash The other driver wants {amount} cash and no insurance. At {place} right now!
>scratch I scratched a pillar in {place} with {car}. Will my no claim discount go? {policy}
>shop Workshop says repairs are {amount}. Can I use {workshop}? {plate}
>shop (annoyed) Third week without a car. {workshop} says they wait for YOUR approval. {plate}
>crash (hurried) Just crashed at {place}, blocking a lane, what now??
>scratch (chatty) {relative} reversed {car} into a durian stall. // Nobody hurt except the durians. {plate}
>crash (terse) Accident {plate} {place}
@agent
#crash [Is anybody hurt|First: is everyone safe]? Please take photos of both cars and the plates before moving.
#cash Please don't pay or sign anything there. I need the other plate and a photo.
#tow Our orange truck can be with you in {minutes} minutes. Where exactly are you?
#glass A windscreen costs {excess} excess and no discount. Any of our workshops does it.
#fled Please report it to the police today, and send me photos and anything you have of the plate.
#scratch Then it's only your own car. Could you send photos, and tell me when it was?
#shop I see the quote came on {date_past}. [Let me ask the assessor|I'm asking the assessor] now; do you have photos of the damage?
@customer file=damage.jpg
#crash,cash No one hurt. Photos attached, his plate is {plate2}
#tow By the [petrol kiosk|exit sign], hazard lights on
#crash,glass,scratch,shop [Done|Sent]. {policy}
#glass Good. Which workshop is near {place}?
#scratch It was [yesterday|on {weekday_past}]. Photos attached
#shop Photos attached. He has all of them too
#fled He [left|drove off], but I got {plate2}
#crash,cash,scratch,shop (terse) Ok. Photo
@note .35
#fled,crash Dashcam of the bus behind requested.
#shop,crash {workshop} quote {amount}, assessor thinks a third less.
@fork
@way 5 #crash,fled,cash,tow,glass,scratch
  @agent work=3
  #crash,fled,cash,scratch,glass Your report is {claim}. Bring the car to {workshop} on {weekday_next}; they do the rest.
  #crash,fled,cash All registered under {claim}. You don't pay anything if the other side was at fault.
  #tow The truck is on its way, driver {driver}, {phone2}.
  @customer
  #crash,fled,scratch >spare [Ok|Good], and a replacement car?
  #glass,crash,scratch >days Thank you. How long will it take?
  #cash Ok. He's gone now, [but I have everything|without the money]
  #tow [He's here|The truck came], thanks
  @agent
  #spare A small car is in your plan for ten days; {workshop} hands it out.
  #days Six working days, once the parts are there.
  #tow,cash [Good.|Well done.] Get home safely.
  @end solved
@way 2 #shop,glass,scratch
  @agent work=6
  I've approved the repair at {amount}. {workshop} starts tomorrow.
  @rest 24 90
  @customer
  Car is back, [good as new|looks fine]
  Picked it up. There's still a rattle but ok
  @end solved
@way 1 #scratch,fled
  @agent work=3
  The report came later than 24 hours, so the discount goes down one step. The damage we pay.
  @customer
  One step? How much is that a year?
  I was in shock, not by my calendar!
  @agent
  About {premium}, back after a year without claims. I've added your explanation and asked for goodwill.
  @end refused
@join

@story home_claim weight=5 team=claims label=claim heat=.3 priority=medium
>wet We have {home_damage}. [Who do I call|Are we covered]? // Policy {policy}
>wet {home_damage}, [last night|this morning|on {weekday_past}]. [Photos|Pictures] attached. {street}
>theft Does my home policy pay for {lost} stolen from [the corridor|the car]?
>neigh The neighbour below says {home_damage} is my fault. // {policy}
>repair Can we repair right away or must [somebody|the assessor] come first? {home_damage}
>theft {lost} fell [into the pool|off the balcony]. Am I insured? {policy}
>wet (annoyed) Water everywhere, {street}, and your hotline plays music
>wet (hurried) {home_damage} right now, what do I do
>wet (chatty) You won't believe it: {home_damage}, and that on {relative}'s birthday
>wet (terse) {home_damage}, {policy}
@agent
#wet Please stop the damage first: [water off|power off], plumber if needed, we pay. Then photos of everything.
#wet,neigh I'm sorry, that's a mess. Is the flat yours or rented?
#repair,wet You may repair at once if you keep the broken parts. How much do you think it is?
#theft I'm sorry. When did it happen, and what was it worth?
@customer file=damage.jpg
#wet,neigh It's [our own|rented]. Plumber was here, {amount2}
#wet,repair Maybe {amount}, [the floor|the cabinet] is gone
#wet Photos attached. The smell is terrible
#theft On {date_past}, about {amount}. Receipt attached
@agent work=3
#wet,neigh,theft I've opened {claim}. Our assessor comes on {weekday_next} around {clock}.
#wet,repair No assessor needed below S$1,500. Send the bills, I'll pay them directly.
#neigh Registered: {claim}. The neighbour's damage goes through your liability cover.
@fork
@way 3
  @rest 30 100
  @agent work=2
  The report is in: {amount}, less {excess}. On your account by {weekday_next}.
  @customer chance=.8
  #wet,neigh,repair Thank you, [the floor|the wall] is being done now
  Fair enough. Thanks
  @end solved
@way 1
  @customer
  [Ok|Good], thanks for the quick help
  @end promised
@join
"""
