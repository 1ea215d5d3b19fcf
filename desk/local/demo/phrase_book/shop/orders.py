# ruff: noqa: E501 - a phrase is one line
"""Parcels under way, orders to change, codes that fail."""

ORDERS = """
@story where_is_it weight=12 team=orders label=parcel heat=.4
>late Where is my order {order}? // [Ordered|Bought] on {date_past}
>late The tracking {tracking} hasn't moved since {weekday_past}. [Is it lost|What's going on]?
>claims {courier} says delivered at {clock} but there's nothing [here|at the door]. // {order}, {street}, {suburb}
>late My {product} [was supposed to|should] come on {weekday_past}. // Order {order}
>late Only one of two boxes came for {order}, the [{product}|other one] is missing
>slot Can I get a better time than "between 7 and 19" for {order}? [I work|We're out till {clock}]
>late {courier} left a card but [the depot|their number] never answers. // {tracking}
>eta It's {relative}'s birthday on {weekday_next}, will {order} make it to {suburb}?
>eta How long is delivery to {suburb}? [I'm looking at|For] the {product}
>ship When does my {product} in {colour} [ship|leave the warehouse]? {order}
>late (annoyed) {few} weeks for a {product}!! {order}. I could have grown the tree
>late (annoyed) Took a day off for your delivery and nobody came. {order}
>slot (hurried) Driver just called, wrong street! It's {street}. {order}
>late (chatty) I've watched the little van on the map for {few} days now. // He lives in {suburb}, I think. Any idea when he'll bring my {product}? {order}
>late (terse) {order} where
@agent
#late,eta >sent [Let me look.|Looking it up.] It went out on {date_past} with {courier}.
#claims >home I can see {order}. Was anybody home, and is there a safe spot like a porch or shed?
#late >addr [I'm sorry about that.|] Can you confirm the address, {suburb}?
#late,ship,claims,slot,eta >wait (brisk) Checking with {courier}.
#slot>addr I can leave a word for the driver. Is it {street}, {suburb}?
#ship>colour Let me see what the warehouse has in {colour}.
@customer
#addr Yes, {street}, {suburb}
#home Nobody home. [There's a shed|Neighbour at 12 didn't get it either]
#home,claims [I checked everywhere|Looked around the house], even the bins
#addr (terse) Yes
#sent,wait,colour [Ok|Thanks], [I'll wait|let me know]
#sent And is there [a day|any date] for it?
@note .35
#late Van broke down near {suburb}, whole round is a day late.
#claims Scan photo shows a red door, customer's is blue per the last order.
#late Stuck in {courier}'s depot, address label torn.
@colleague
Called them, out for delivery tomorrow first thing.
Claim opened with {courier}.
@fork
@way 6 #late,claims,eta,slot
  @agent work=4
  #late,eta It's in {courier}'s depot and comes [tomorrow|on {weekday_next}] before {clock}. I've asked the driver to ring {phone}.
  #late The van had a breakdown. New date is {weekday_next}; delivery is on us, I've returned the fee.
  #claims The driver left it with a neighbour at number [12|8|31], the card must have blown away.
  #slot,eta I've put it on the sheet: {weekday_next} after {clock}, and they ring {phone}.
  @fork
  @way 3
    @customer after=6
    It's here! [Looks great|Thank you]
    #claims [Found it|Got it], thanks
    #late (annoyed) It came. A week late, but it came
    @end solved
  @way 2
    @customer
    #late,eta,slot Ok, [tomorrow then|{weekday_next} works]
    [Great|Good], thanks for chasing
    @end promised
  @join
@way 2 #late,claims
  @agent work=4
  It looks lost, I'm sorry. I can send a new {product} today or refund {amount}. What would you like?
  {courier} can't find it. New one or money back?
  @customer
  >new New one please, [but faster|to work: {street}, {suburb}]
  >money The money please. I [bought|found] one elsewhere
  >new (annoyed) I want it by {weekday_next} or forget it
  @agent
  #new It's packed and leaves today, express. New number {tracking}.
  #money [Refunded|Done]: {amount}, three to five days. And a 15 % code, {code}, if you give us another chance.
  @end solved
@way 1 #ship,late
  @agent work=2
  The {product} in {colour} is on a ship, due in {suburb2} by {date_next}. Would another colour do? {colour2} is here.
  @customer
  >swap {colour2} is fine, [if it comes this week|actually nicer]
  >wait2 I'll wait, it has to be {colour}
  >stop Then cancel please
  @set label=stock
  @agent
  #swap Switched to {colour2}, leaves tomorrow.
  #wait2 I'll put your name on the first one off the ship, and write when it lands.
  #stop Cancelled and refunded, {amount}.
  @end solved
@join
@back
>nobody [Nobody came|No delivery] again
>box It arrived but the box is open
@again
#nobody Right, I'm driving this myself now: they come at {clock} tomorrow, and I have the driver's own number.
#box Please take photos before unpacking. I've a replacement on hold for you.

@story change_order weight=7 team=orders label=parcel heat=.15
>col I [just|accidentally] ordered the {product} in {colour}, can you make it {colour2}? // {order}
>addr Please change the address on {order} to {street}, {suburb}
>add Can I add a {product2} to {order} [so it ships together|without paying postage again]?
>cancel I [ordered twice by mistake|clicked twice], please cancel one. {order}
>cancel Cancel {order} please, [wrong size|found out we have no space|changed my mind]
>hold I need {order} delivered after {date_next}, we're [moving|away]
>code I forgot the code {code} on {order}, can you apply it [after|still]?
>card Could you put a card in {order}? It's a present for {relative}
>inv I need an invoice with our ABN for {order}
>addr (hurried) Ordered {minutes} minutes ago to the OLD address!! {order}
>col (chatty) {relative} and I had words about {colour}. // {relative} won. Can {order} be {colour2}?
>cancel (terse) Cancel {order}
@agent
#col,addr,cancel,add [Caught it in time.|It hasn't been packed yet.] Shall I change it now?
#col,addr,cancel,hold Let me see whether the warehouse has it already.
#add,code,card,inv,hold [Sure|No worries]. Anything else on the order to change?
@customer
Yes please
#card Write: happy birthday from all of us
[No|Nope], that's all
#col,add And is the price the same?
@fork
@way 5 #col,addr,cancel,code,add,hold,card,inv
  @agent
  #col Changed: {colour2}, same price. The new confirmation is in {email}.
  #addr Done. It'll go to {street}.
  #cancel Cancelled, and {amount} goes back to your card.
  #code I've put the code on it, {small_amount} comes back.
  #add Added, one parcel, one postage. The difference is {small_amount}.
  #hold It waits here until after {date_next}. No charge for storing.
  #card There'll be a handwritten card with it. [What should it say|Just send me the words]?
  #inv The invoice with the ABN is in {email}.
  @end solved
@way 1 #addr,cancel,col
  @agent
  The truck has left with it, I'm too late. You can refuse it at the door, then it comes back by itself.
  @customer
  Ok I'll do that
  And do I pay for that?
  @agent
  No cost. The refund starts when it's scanned.
  @end promised
@join

@story discount_code weight=5 team=orders label=voucher heat=.25
>code The code {code} doesn't work on [the {product}|my basket]
>card My gift card {card_code} [says empty|is expired], I never used it
>match I bought the {product} for {amount} and now it's {amount2}. [Do I get the difference|Can you match that]?
>card Where do I type in a gift card? // {card_code}
>news I signed up for the newsletter and got no code[, {email}|]
>both Can I use {code} and the gift card {card_code} together?
>stud Do you have a student discount? [I'm after|For] the {product}
>match (annoyed) Sale "ends tonight" for {few} weeks now. I paid {amount} for the {product} that is {amount2} today
>card (chatty) My aunt gave me {card_code} two Christmases ago and I finally have a {room} to furnish
>code (terse) {code} invalid
@agent
#code It's for orders over {small_amount} and not for sale items. What's in the basket?
#card,both I see {card_code}: {amount2} on it, good until {date_next}. The hyphens have to stay.
#match We match our own prices for 14 days, so yes. Which order?
#news [Sorry about that.|] I'll make you a new one.
#stud Ten percent with a student card or address. Shall I set one up?
@customer
#match {order}, bought {weekday_past}
#code A {product} and a {product2}
#card,both With the hyphens it works, [ha|thanks]
#news,code,card Oh, ok
#stud Yes please, it's {email}
@agent
#news,code,stud Here you are: {code}, good for a week.
#match The difference is on its way, {small_amount}.
#both Both together works: gift card first, code after.
#card Good. [Enjoy|Happy shopping].
@end solved

@story trade weight=3 team=products label=trade heat=.05
>price We're furnishing {business} and need {pieces} {product}. Is there a trade price?
>pallet Do you deliver {pieces} pieces to {suburb}? It's for {business}
>sample Can I get a sample of {colour} before ordering {pieces}? [It's|We do it] for {business}
>inv Do you do invoices with 30 days? For {business}, about {amount} to start with
>rent I'm a stylist, can I rent the {product} for [a weekend|a shoot] on {date_next}?
>strong Is the {product} strong enough for {business}?
>pallet (hurried) {business} opens on {date_next}, {pieces} chairs in {suburb} by then, possible?
>price (chatty) My husband and I are mad enough to open {business} in {suburb}. // We need {pieces} of nearly everything
@agent
#price How exciting. From ten pieces it's 12 % off, from thirty 18. When do you need them?
#pallet We can. For {pieces} pieces it's a pallet; is there a loading dock or a person with strong arms?
#sample I'll post you samples of {colour} and {colour2}. Which address?
#inv,price Yes, 30 days with an ABN and two references. Which pieces are you thinking of?
#rent We do, at a fifth of the price a day, and it comes with its own blanket. For how long?
#strong It's tested to 150 kilos and 50,000 sittings. How many would you need?
@customer
#price,pallet,inv By {date_next}, [earlier if possible|no sooner], to {street}, {suburb}
#pallet,sample {street}, {suburb}. Just arms
#price 18 sounds good. Can you hold the price till {date_next}?
#strong,inv About {pieces}, to begin with
#rent [Two|Three] days, pick-up in {suburb}
@note .3
Second time they ask, last quote was 15 %. Worth a call.
@agent work=6
#price,pallet,inv,strong,rent The offer is in {email}, held until {date_next}.
#sample Samples go out today. I'll ring you on {weekday_next} on {phone}.
@fork
@way 3
  @customer after=8
  Looks good, we'll take it
  Approved by the boss. Go ahead
  @agent
  Wonderful. You get the order and the invoice today. [Good luck with the opening|Thank you]!
  @end solved
@way 1
  @customer
  Thanks, we'll think about it
  @end promised
@join
"""
