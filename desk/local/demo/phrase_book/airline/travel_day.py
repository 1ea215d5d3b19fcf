# ruff: noqa: E501 - a phrase is one line
"""The day of travel: delays, cancellations, check-in, money afterwards."""

TRAVEL_DAY = """
@story delay weight=9 team=disruption label=delay heat=.55 priority=high
>late Is {flight} [on time|delayed]? The board in {origin} says [nothing|{clock}, the app {clock2}]
>late >conn {flight} is delayed by {hours} hours. [Will I|Do I still] make {flight2} in {hub}?
>late >gate [Did|Has] the gate [change|changed]? I'm at {gate} and there's nobody. // {flight}
>late Why is {flight} late? [We board|We were to board] at {clock}
>late We're sitting [on the plane|at {gate}] since {clock} and nobody tells us anything. {flight}
>late Are you flying [today|tonight] from {origin} with this [snow|storm|strike]? // {flight}, booking {pnr}
>late >conn My connection in {hub} is only {minutes} minutes now. [What happens if I miss it|Will they wait]? // {pnr}
>off Just got a text that {flight} is cancelled. [What now|What are my options]? // {pnr}, {few} people
>late (annoyed) {hours} hours at {gate}, two children, no information, no water. {flight}. Well done
>off (annoyed) Cancelled by text message at {clock}. How do I get to {destination}?? {pnr}
>run (hurried) At {gate}, door closing, {flight}. My [wife|husband|mother] is still in security!
>late (terse) {flight} delayed?
>late (chatty) Greetings from {gate}, where we are slowly becoming a family. // Any idea when {flight} leaves?
@fork
@way 5 #late
  @agent
  It's planned for {clock2} now, [waiting for the inbound aircraft|a technician is on board|the crew ran out of hours]. The gate is {gate}.
  New time {clock2}. [Meal vouchers|Drinks] are at the desk by {gate}[, show your boarding pass|].
  I see {clock2}, but [it may still move|please stay near the gate].
  (brisk) {clock2}, gate {gate}.
  @customer
  >conn [Ok|Thanks]. And my connection [in {hub}|to {destination}]?
  >claim Will I get [something|compensation] for that?
  >sure {clock2}, is that [certain|sure]?
  >cold (annoyed) The desk has no vouchers and no people
  @agent
  #conn If it's tight I've put you on {flight2} as a safety net, keep both.
  #claim [As soon as you land|Over three hours] you can claim; write here and I'll start it.
  #sure As certain as it gets: the aircraft has just [landed|left {hub}].
  #cold I've called the station: somebody is on the way with [water|vouchers].
  @fork
  @way 3
    @customer after=2
    [Boarding now|We're moving], thanks
    On board, [finally|phew]. Thank you
    @end solved
  @way 1 #conn
    @customer after=3
    Missed it. [What now|Now what]? I'm in {hub}
    We're in {hub}, the other one is gone
    @set label=rebooking priority=urgent
    @agent
    You're on {flight2} at {clock}, seat {seat}. [The hotel is|I've booked] the one opposite the terminal; the voucher is in {email}.
    I've rebooked you: {flight2}, tomorrow {clock}. Hotel and dinner are on us.
    @customer
    [Ok|Thank you], seen it
    And my bag?
    @agent
    Your bag is moved with you, no need to fetch it.
    Safe travels. [Write if anything moves|I'll keep an eye on it].
    @end solved
  @join
@way 4 #off
  @agent
  I'm sorry. I can put you on {flight2} at {clock2}, or tomorrow morning, or give the money back. What do you prefer?
  Two ways: {flight2} via {hub} tonight, or direct tomorrow at {clock}. The hotel is on us.
  >choose (formal) I regret the cancellation. Please choose between {flight2} today and a full refund.
  @customer
  >book {flight2} please, [we have to be there tomorrow|for all of us]
  >morning Tomorrow morning. And a hotel then
  >refund The money back, I'll take [the train|another airline]
  >book (annoyed) None of that gets me to {occasion} in time. {flight2} then
  @note .3
  Seats on {flight2} are tight, took the last ones.
  Duty manager in {origin} opens the second hotel.
  @agent
  #book Booked. You [have|hold] seats {seat} and {seat2}; boarding passes are in {email}.
  #morning It's arranged. Please keep receipts for food and taxis, we pay them.
  #refund The refund is on its way: [five|seven] working days to the same card.
  @end solved
@way 4 #run
  @agent work=.3
  I've called {gate}: they wait four minutes, not five. [Ask security for the fast lane|Tell them the flight number at security].
  The gate knows. Tell [her|him|them] to run, second corridor on the left.
  @customer
  Made it!! Thank you
  They let us on, [bless you|thank you]
  (annoyed) Door closed in front of us
  @end solved
@join

@story compensation weight=7 team=refunds label=refund heat=.5
>claim {flight} on {date_past} was {hours} hours late. [I'd like to claim|What do I get]? // {pnr}
>open I [sent|filled in] the compensation form on {date_old} and have had no [answer|money]. // Case {case}
>receipts We were put in a hotel after {flight}, dinner and taxi came to {amount}. [Where do I send|Here are] the receipts
>refused My claim {case} was refused as "extraordinary". It was [sunny|a broken coffee machine]!
>open How long does a claim take? {case}, sent {date_old}
>receipts You cancelled {flight} and I had to buy another ticket for {amount}. // Booking {pnr}
>claim (annoyed) {hours} hours late, a missed {occasion} and a five dollar voucher. I want the real compensation. {pnr}
>claim (chatty) My neighbour got {amount} for the same flight, {flight} on {date_past}. She is not even that nice! // {pnr}
>open (terse) Claim {case} status
@agent work=2
#claim >names [Let me look at the flight log.|I'm checking the log.] May I have the names of all passengers on the booking?
#claim >how It arrived {hours} hours late, so that counts. Where shall the money go: card or account?
#open >rec I found it: it's waiting for [one receipt|a bank number]. Could you send that?
#receipts Thank you, that's all I need. Is it the card or an account for the money?
#refused I've fetched the log of that day to read it myself. Was there anything they told you on board?
@customer
#names All {few} of us on {pnr}. To the card please
#how,receipts Account, the number is on the form already
#rec [Here|Attached], the taxi receipt
#open,refused (annoyed) You have all that. It's all in {case}
#refused The captain said it was a [missing crew member|broken pump]. Nothing about weather
#receipts To the card please
@note .35
Log says technical, so it is payable.
Weather code in the log, but the aircraft before had no problem. Asking operations.
@colleague
Operations: late crew. Pay it.
It was weather, tower closed for two hours. I have the print.
@fork
@way 5
  @agent work=6
  [Approved|Agreed]: {amount} [per person|in all]. It's with you in [seven|ten] working days.
  I've approved {amount} and the [hotel|taxi] on top. You get a letter at {email}.
  @end solved
@way 2
  @agent work=4
  It has gone to the specialists; they answer by {date_next}. I can't speed it up, but I've put a flag on it.
  @rest 24 90
  @agent
  [News:|They have decided:] {amount}, paid out on {weekday_next}.
  The answer is here: half of it is accepted, {amount}. The letter explains why.
  @end promised
@way 2
  @agent
  I've read the log: the airport was closed by weather, and then no compensation is due, only care: meals and hotel. Those we pay.
  I'm sorry, under three hours at the door there's none. It was 2:51.
  @customer
  The other airlines all [left|flew]
  I don't believe [it|that]. I'll go to the authority
  Ok, but then pay the {amount} for the hotel
  @agent
  You may, and I've attached the log so that they have it.
  The hotel is paid, {amount}, by {weekday_next}.
  @end refused
@join
@back
>money [Nothing on my account yet|The money has not arrived]. You said {weekday_next}
>short You paid {amount2} instead of {amount}
@again
#money I see it left on {weekday_past}; banks need up to three days. If it's not there on {weekday_next}, write and I'll trace it.
#short You're right, one passenger was missing. The rest is ordered.

@story refund weight=6 team=refunds label=refund heat=.35
>std I cancelled {pnr} on {date_old} and [still have no refund|the money isn't back]
>std Where is my refund of {amount}? // Booking {pnr}
>why Can I get my money back for {pnr}? [I'm ill|My visa was refused|{occasion} was called off]
>twice I was charged twice for {pnr}, {amount} each time
>why You cancelled my flight on {date_next}. I don't want a voucher, I want the {amount}
>why My [father|mother] has died and we can't fly on {date_next}. // {pnr}
>std (annoyed) {amount} since {date_old}. That's an interest free loan from me to you. {pnr}
>std (terse) Refund {pnr}?
@agent work=2
#std I [see|found] it. It was paid [by card|through an agency], is that right?
#why [I'm sorry to hear that.|] Let me see which fare it is.
#twice Thank you. Two charges, I can see both; one is only a reservation.
@customer
#std,twice Yes, the card ending {phone_end}
#std >agency [It was|Through] a website, I think a agency
#why [It's|Booking] under {full_name}
@fork
@way 5
  @agent work=3
  #std It's released now, {amount}, [five|seven] working days to the same card.
  #twice The second charge falls away by itself on {weekday_next}. If not, write here and I'll push it.
  #why I've made an exception and refunded all of it. [Take care|All the best to you and yours].
  @end solved
@way 2 #agency
  @agent
  We paid it to the agency on {date_past}. They have to pass it on; I've sent you the proof.
  @customer
  They say [you have it|the opposite]
  Ok, I'll [wave|show them] the proof
  @end promised
@way 2 #why
  @agent
  The basic fare isn't refundable, only taxes: {small_amount}. I can [return those|pay those back] today.
  @customer
  That's [a joke|not much]. Ok
  And with a doctor's letter?
  @agent
  With a letter, yes: 80 percent as credit. Send it here.
  Done, and I'm sorry it isn't more.
  @end refused
@join

@story check_in weight=6 team=bookings label=seat heat=.3
>ci I can't check in for {flight}[, it says see agent|]. // {pnr}
>ci The app [hangs|shows a white page] when I [open|load] my boarding pass. {flight} at {clock}
>when [When|How early] can I check in for {flight}? // {pnr}
>ci My boarding pass for {flight} has no [seat|barcode|gate]
>ci It wants a visa number for {destination} but I [have a passport from there|don't need one]. {pnr}
>ci Check-in says booking not found: {pnr}
>ci (hurried) Online check-in closes in {minutes} minutes and it doesn't work. {pnr}
>ci (annoyed) Why do I pay {small_amount} at the airport when YOUR app fails? {pnr}
>ci (terse) No boarding pass {pnr}
@agent
#ci >try [Passport data was missing|The document check was stuck]. I've [cleared|reset] it, please try again.
#when It opens 30 hours before. Yours opens at {clock}.
#ci >done I've checked you in from here: seat {seat}. The pass is in {email}.
#ci >ask Could you send me [a screenshot|what it says exactly]?
@customer
#try [Works now|That did it]
#done,when [Got it|Pass is here], thanks
#try >err Still the same: error {case}
#try,done >grr (annoyed) And if I had been alone at the airport?
#ask It says see agent, [code|error] {case}
#when Ok [thanks|good], I'll set an alarm
#done Thanks! Window seat even
@agent chance=.6
#ask [Then I'll do it by hand.|] There: {seat}, gate {gate}. Have a good flight.
#err That error means a name is missing its title. Fixed, and you're checked in.
#grr Noted, I've reported it to the app people as well.
#try,done,when Have a good flight.
@end solved
"""
