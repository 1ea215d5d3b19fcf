# ruff: noqa: E501 - a phrase is one line
"""Wheelchairs, animals, children, miles, and kind words."""

CARE = """
@story wheelchair weight=4 team=bookings label=accessibility heat=.15 priority=medium
>new My [mother|father|grandmother] needs a wheelchair on {date_next}, {flight}. [How do I book it|Who do I tell]? // {pnr}
>check I have asked for assistance on {pnr}, is it confirmed for [both ways|{hub} as well]?
>chair I travel with my own electric wheelchair, [48|62|70] kg, [dry|lithium] battery. // {pnr} to {destination}
>bad Nobody came with the wheelchair in {origin} [yesterday|on {weekday_past}]. We nearly missed {flight}
>guide I'm [blind|deaf] and travel alone to {destination} on {date_next}. What help is there? {pnr}
>early My son is autistic, can we board [first|early] on {flight}? // {pnr}
>bad (annoyed) We waited {minutes} minutes for a wheelchair that never came, {flight}. {relative} is 84!
>new (terse) Wheelchair for {pnr}
@agent
#new Of course. Can [she|the passenger] walk a few steps, or does it have to be to the seat?
#check I've added it to [all flights|each leg] of {pnr}. Is there a wheelchair of your own?
#chair Thank you for telling us early. Which battery is it, and can it be folded?
#bad I'm sorry, that must not happen. I'll ask {origin} what went wrong and write back.
#guide,early Of course. Somebody meets you at the desk and stays until you're in the seat. Anything we should know?
@customer
#new A few steps are [ok|fine], stairs not
#new To the seat please. And [somebody|help] through security in {destination}
#chair It folds, 110 × 60 × 75, the battery comes out
#check,bad Just make sure they're there on the way back
#guide,early [No|Not really], [just some patience|a quiet place would help]
@note .35
Called {destination}, they have it on the list for {flight}.
Station {origin} was two people short, complaint passed to the contractor.
@agent work=2
#new,check,guide It's confirmed by the airport in {destination} too. Please be at the assistance point two hours before.
#chair,new All on the booking: code WCHC, own chair in the hold, ready at the door on arrival.
#early,guide,new You board first, and the crew knows. [Have a good trip|Safe travels].
#bad {origin} has answered: two people were off sick and nobody took over. It's on your next booking, and here's a voucher of {small_amount}.
@end solved
@back
They say at {origin} there is nothing on the list!
@again
I'm calling them right now. [Done:|] they have it, and somebody is on the way to you.

@story animal weight=3 team=bookings label=seat heat=.1
>can Can I bring {pet} on {flight}? // {date_next}, {origin} to {destination}
>can What does it cost to fly with {pet}?
>papers Which papers do I need for {pet} to {destination}? [Booking|My booking is] {pnr}
>conf I added {pet} to {pnr} but got no confirmation
>can (chatty) Meet my co-pilot: {pet}. // Is there room for one more on {flight}, {pnr}?
>can (terse) {pet} on {flight}?
@agent
#can Up to 8 kg in a soft carrier under the seat, {small_amount} each way. There's room for [two|three] per cabin.
#papers For {destination} you need a chip, a rabies certificate and a vet's letter not older than ten days.
#can In the cabin only cats and small dogs; others go in the hold, heated, from {amount}.
#conf I see it now, it was waiting for the size of the carrier. What is it?
@customer
#can >add [Great|Good], please add it to {pnr}
#can,conf >size The carrier is 40 × 30 × 22, is that ok?
#papers,can >hub And in {hub}, [do we have to go through customs|can we go outside]?
#papers Good, we have all of that
@agent
#add Added and confirmed. [Bring|Have] the papers in your hand luggage.
#size That fits. See you both on board.
#hub There's a small terrace after security. I've put a note on the booking.
#papers Then nothing is in the way. Safe travels, both of you.
@end solved

@story child_alone weight=2 team=bookings label=accessibility heat=.15 priority=medium
>fetch My [daughter|son] is [nine|eleven|twelve] and flies alone to {destination} on {date_next}. // {pnr}
>age From what age can children fly alone [with you|to {destination}]?
>fetch Who may pick up my [son|daughter] in {destination}? It will be [her aunt|his grandfather], booking {pnr}
>gate Can I bring my [daughter|son] to the gate in {origin}? {flight}, she flies alone
>fetch (chatty) My baby (well, she's ten) flies alone for the first time and I'm the one who's nervous. {pnr}
@agent
#fetch,age From five years on, with our escort: {small_amount} each way. I need the name and number of whoever brings and fetches.
#gate Yes, one adult gets a gate pass. Please bring an ID, and be there two hours before.
#fetch Of course. I need the name and number of whoever brings and fetches.
@customer
#fetch,age I bring her, {full_name}, {phone}. {relative} fetches
#fetch,age Him: {relative}, same surname, will be there at {clock}
>late [And if the flight is late|What happens if it's diverted]?
#gate [Great|Perfect], I'll be there early
@agent
#fetch,age All noted on {pnr}. You get a text [at take-off and landing|when he's handed over].
#late Then somebody of ours stays with the child all the time, that's a promise.
#gate It's on the booking; ask for the gate pass at the desk.
@end solved

@story miles weight=4 team=bookings label=vip heat=.2
>miss My {miles} miles from {flight} are missing. // Member {member}
>tier [Why|How come] did I lose my {tier} status? // {member}
>use Can I use {miles} miles to upgrade {pnr}?
>miss I flew {origin} to {destination} on {date_past} and got [no|only 500] miles. {member}
>exp Are my miles going to expire on {date_next}? {member}
>tier My lounge pass was refused in {hub}, although I'm {tier}. // {member}
>tier (annoyed) {tier} for nine years and you take it for one missing flight. {member}
>miss (terse) Miles missing {member}
@agent work=2
#miss I've checked {member}: the flight was booked without the number. I can add it up to a year back.
#tier You were {few} flights short. I can give you {tier} for [three|six] months to catch up.
#exp They stay as long as you fly once in 24 months.
#use For that route an upgrade takes 12,000 each way. Shall I look for seats?
@customer
#miss Please add them
#tier That's [decent|generous], yes please
#exp,tier >counts Then I fly on {date_next}, does that count?
#use Yes please, on {flight}
#exp Good to know
@agent
#miss [Added|Credited]: {miles}. You'll see them tomorrow.
#counts It counts. [Enjoy the lounge|See you in the lounge].
#use Done, seat {seat} in front. [Enjoy|Have a good flight].
#tier,exp [Done|It's on your card]. See you on board.
@end solved

@story voucher weight=3 team=bookings label=refund heat=.25
>code My voucher {voucher} [doesn't work|is refused]. It should be good until {date_next}
>how How do I pay with a voucher? {voucher}, {amount}
>give Can I give my voucher {voucher} to {relative}?
>left The voucher {voucher} was for {amount} and after booking there's nothing left of it
>ext Can you extend {voucher}? I couldn't fly because of {occasion}
>ext (annoyed) Of course the voucher {voucher} expires the day before I want to fly
>code (terse) {voucher} not accepted
@agent
#code,how It has to be typed without the dashes, on the last page. Did you try that?
#give Vouchers can be [passed on|used by anyone], no problem.
#ext I see {amount} on it. I've extended it by six months.
#left The rest stays on the same code, {amount2}. You can use it next time.
@customer
#code,how [That did it|Works]
#ext,give,left Oh nice, thank you
#code >again It says [already used|not valid for this route]
@agent chance=.5
#again Then I'll book it from here. Which flight?
#again It was blocked by an unfinished booking. Free again.
#ext,give,left,code,how Happy flying.
@end solved

@story kind_words weight=3 label=praise heat=0
I [just|only] want to say thank you to the crew of {flight}[ on {date_past}|]. // They were so [kind|patient] with {relative}
Please tell the lady at {gate} in {origin} she saved {occasion}[, I never got her name|]
Best flight [in years|so far], {flight} to {destination}. // Somebody should know
One of your people ran after me with {left} in {hub}. Please thank him!
My [daughter|son] got to see the cockpit on {flight} and talks of nothing else
{agentname} from your chat helped me on {date_past}, pass on my thanks. It all worked out for {occasion}
(chatty) I complain when it's bad so I should write when it's good. // {flight}: smooth, funny captain, warm food
@agent
[How lovely|That's kind of you] to write. I've sent it to the crew's manager, they get to read it.
Thank you, this goes on the wall in the crew room.
You've made [somebody's|my] day. I'll find out who it was.
(brisk) Thanks, passed on.
@end solved
"""
