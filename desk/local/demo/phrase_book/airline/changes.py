# ruff: noqa: E501 - a phrase is one line
"""Other days, other names, other seats."""

CHANGES = """
@story other_day weight=10 team=bookings label=rebooking
Can I move {pnr} from {date_next} to [a day later|the weekend after|{weekday_next}]? // {origin} to {destination}
I need to [change|move] my flight to {destination}, [something came up|{occasion} got in the way]. // Booking {pnr}
What does it cost to change {flight} on {date_next} to the [morning|evening|earlier] one?
Is there [space|a seat] on an earlier flight from {origin} to {destination} on {weekday_next}? // My booking is {pnr}
I booked the wrong [month|week], it should be {date_next}. // Reference {pnr}, just [an hour|{minutes} minutes] ago
We want to stay in {destination} [{few}|two] days longer. Can you move the return on {pnr}?
[Your site|The app] won't let me change {pnr}, it says contact us. // {date_next} instead please
I have {occasion} on {date_next} and need to get back from {destination} before [that|noon]. Booking {pnr}
Can {pnr} be moved to {flight2} [without paying the earth|]? // It's {origin} to {destination}
(hurried) Need to be on the {clock} to {destination} instead of {flight}. {pnr}. Possible?
(annoyed) {amount} to change a ticket that cost {amount2}? Booking {pnr}
(chatty) My [boss|mother-in-law] has moved {occasion} by a week so now everything moves. // {pnr}, we'd like {date_next} if the gods of flying allow
(terse) Change {pnr} to {date_next}
@agent work=2
>times [Let me see what's free.|I'm looking.] On {date_next} there's {flight2} at {clock} and one at {clock2}. Which [suits you|do you prefer]?
>price That day has [a few|some] seats left, leaving {clock}. The difference in fare would be {amount}.
>price I can do that for {amount}[, which is only the fare difference|]. It leaves at {clock}. Shall I?
>who For how many people, and is the return to stay as it is?
>who (careful) Just to be sure: only the outbound changes and all names stay?
@customer
#times The {clock} one please
#times {clock2}, and can we [keep our seats|sit together]?
#who [Two adults and a child|Just me]. And yes, the [return|way back] stays
#price Hm, {amount}. Is there nothing cheaper [that week|a day later]?
#price (annoyed) That's more than I paid for the whole thing
#price [Fine|Ok], {amount} is alright. [Go ahead|Book it]
#price,who (terse) Yes
@note .25
Fare difference waived: schedule changed twice on this booking already.
Flex fare, so only the difference. Told them.
@fork
@way 6
  @agent work=2
  [Done|All changed]. You're on {flight2}, {date_next} at {clock}. The new ticket is in {email}.
  It's booked: {flight2}, {clock}, seats {seat} and {seat2}. [I took the difference from the same card|You'll get a link to pay].
  [Changed.|] Same reference, {pnr}; the app shows it in a minute.
  @end solved
@way 2
  @agent work=2
  >hold [The cheapest I can find is|A day later it would be] {amount2}, on {flight2} at {clock2}. I can hold it [until tonight|for 24 hours] without paying.
  @rest 2 20
  @customer
  #hold >take [Ok let's do it|Take that one please]
  #hold >take Talked to {relative}, we'll take it
  #hold >keep No, [too much|that's too expensive]. We'll keep the old one
  @agent
  #take [Fine|Very well], that's settled then. You have it by e-mail.
  #keep Understood, all set.
  @end solved
@way 1
  @agent
  >wait I'm sorry, this fare can't be changed and the other flights that day are full. I can put you on the waiting list.
  >credit The basic fare has no changes after 24 hours[, I'm afraid|]. What I can do: a credit of {amount2} towards a new one.
  @customer
  #wait Waiting list then, [what are my chances|how will I know]?
  #credit That's [useless|hard] but ok, the credit
  @agent
  #wait Fair, I'd say. You get a message by {clock} on the day.
  #credit It's on your profile, valid for a year.
  @end refused
@join
@back
>wrong The new ticket has the wrong [date|time] on it, it says {clock2}
>money I was charged [twice|{amount2} instead of {amount}] for the change
>more Sorry, one more: can we move it [another|one] day? {relative} can't get off work
@again
#wrong,more Let me fix that. [There you go|It's corrected], and the new e-mail is on its way.
#money You're right, one of the two charges drops off in [three|five] days; I've sent the receipt.

@story wrong_name weight=5 team=bookings label=rebooking heat=.15
[There's a mistake|I made a typo] in my name on {pnr}: {wrong_name}
My ticket [says|has] {wrong_name}. Will I [be let on|get through security]? // {pnr}
How do I correct a name? {wrong_name} on booking {pnr}, flying {date_next}
I got married [and|so] my passport has another surname than {pnr}. // What do I do?
The passport number [on|in] {pnr} is wrong, [can you change it|where do I change it]? And {wrong_name}
(chatty) Autocorrect struck again: {wrong_name}. // {pnr}, {destination} on {date_next}
(terse) Name wrong {pnr}
@agent
>spell How is it written in the passport, letter by letter?
>photo [Happens all the time.|No problem.] Could you send me a photo of the passport's name line? Cover the rest if you like.
>spell (formal) Please let me know the exact spelling as in the travel document.
@customer file=passport-name.jpg
#photo [Attached|Here it is]. [Only the first line matters|Hope it's readable]
#spell It's spelled as in my e-mail address, {email}
#spell {full_name}, exactly like that
@fork
@way 5
  @agent work=2
  [Corrected|Changed], no charge. Please print the new boarding pass, the old one won't open the gate.
  All fixed on {pnr}. [Check-in sees the new name at once|It takes ten minutes to show].
  @end solved
@way 1
  @agent work=2
  A new surname goes through our tickets team: [one working day|until tomorrow], then you get a new ticket.
  Part of the trip is with a partner airline, so I have to ask them. I'll be back by {weekday_next}.
  @rest 12 40
  @agent
  The partner has agreed, [your ticket is reissued|it's done].
  It came through: new ticket in your inbox.
  @end solved
@join

@story seat_wish weight=6 team=bookings label=seat heat=.15
>place Can we sit together? // {pnr}, we are in {seat} and {seat2}
>place I'd like an aisle seat on {flight}, {date_next}. [I'm tall|Long legs|Bad knee]. // {pnr}
>place Is {seat} on {flight} [a window|a good seat|near the toilets]?
>moved I paid {small_amount} for {seat} and now the app shows {seat2}. // Booking {pnr}
>legs How much is more legroom [on {flight}|to {destination}]? Booking is {pnr}
>place [My|Our] [daughter|son] is four and sits alone in {seat2}, we are in {seat}. {pnr}
>meal Do you have a [vegan|kosher|gluten free] meal on {flight} on {date_next}? // {pnr}
>up Can I upgrade {pnr} to premium [with miles|and what is it]? I have {miles}
>moved (annoyed) Why was my paid seat {seat} given away? {pnr}. I want {seat} back
>place (terse) Change {seat} to {seat2}? {pnr}
@agent
#place [Let me open the seat map.|One second, looking at the map.] I can give you {seat} and the one next to it.
#legs Extra legroom is {small_amount} on that flight, row 11 is free. Shall I book it?
#place There's {seat2} by the window or one on the aisle two rows behind. Which?
#moved The aircraft was swapped for a smaller one, that's why it moved. I can [offer|put you in] {seat2} and refund the fee.
#meal,up Yes, that's possible until 24 hours before. Shall I note it?
@customer
[Yes please|That'd be great]
#place The [aisle|window] please
#meal,up,legs,place And does that cost [extra|anything]?
#moved (annoyed) I want the one I paid for, or my money
#moved Ok, {seat2} is fine. But then I want the fee back
@agent
#place,legs Done, [no charge|and it's free]. The boarding pass has it.
#moved You're in {seat} now. [Refund of {small_amount} follows on your card|Enjoy the legroom].
#meal It's noted, and [the crew sees it on their list|confirmed by e-mail].
#up Upgraded for {miles} miles, seats {seat} and next to it. [Enjoy|Have a good flight].
@end solved

@story extra_bag weight=4 team=bookings label=seat heat=.1
>std How much is a [second|extra] bag to {destination}? // {pnr}
>special Can I bring a [bike|surfboard|cello|wedding dress] on {flight}? How does it have to be packed?
>hand What's the [size|limit] for hand luggage [on {flight}|with the basic fare]? Mine is a {bag}
>std I need to add a bag to {pnr} but [my card is refused|the app crashes]
>kilo My bag will be [26|25|28] kilos, what do I pay at {origin}?
>std (chatty) Bringing half of {origin} as presents for the family in {destination}, so: extra bag please. {pnr}
>std (terse) Price extra bag {pnr}?
@agent
#std Online it's {small_amount} up to 23 kg, at the airport about a third more. Shall I add it to the booking?
#special [That goes as special baggage|It travels in the hold], {amount} each way, in a hard case. I need length, width and height.
#hand Hand luggage: 55 × 40 × 23 cm and 10 kg, plus a small bag under the seat.
#kilo Up to 23 kg is included, then {small_amount} up to 32. At the airport it's a third more. Shall I add it now?
@customer
#std,kilo Add it please, [both ways|only on the way out]
#special [130 × 80 × 25|It's about 120 long], 14 kilos
#hand,std >over And if it's [a kilo|two kilos] over?
#hand Ok thanks, that fits
@agent
#std,kilo Added. [Receipt|Confirmation] in {email}.
#special It's on the booking. [Be there twenty minutes earlier|Drop it at the special desk].
#over [One kilo nobody minds.|] From two it's {small_amount}.
#hand [Good|Then you're all set]. Have a nice trip.
@end solved
"""
