# ruff: noqa: E501 - a phrase is one line
"""What broke, what does not fit, what people ask before they buy."""

RETURNS = """
@story arrived_broken weight=9 team=returns label=damaged heat=.45 file=photo.jpg
My {product} arrived today and {flaw}. // {order}
{flaw}! See photo. It's the {product} in {colour}, {order}
[Just|We just] unpacked the {product} and {flaw}
The box of {order} looked fine but {flaw}
After {few} weeks {flaw}. Is that covered? It's a {product}, {order}
One of the {product} is fine, with the other one {flaw}. {order}
I think I got the display model: {flaw}. {order}
(annoyed) {amount} for a {product} and {flaw}. Do you check anything? {order}
(annoyed) Second {product}, second time {flaw}. {order}
(chatty) The {product} is beautiful, it really is, except {flaw}. // {order}
(terse) {order} broken, {flaw}
@agent
>choose [Oh no.|That's a shame.|I'm sorry.] Thanks for the photo. Would you like a new one, or keep it with something off?
>label Could you send one more photo, of the [label on the box|whole piece]?
>rest [That shouldn't leave our warehouse.|] Is the rest all right?
>choose (brisk) New one, or money back?
@customer
#choose >new A new one please, [if you have one|in the same colour]
#choose >less I'd keep it for [20|30] percent less
#label,rest >new Photo of the label [attached|here]. Rest is ok
#rest>new The rest is fine. So can I get a new one?
#choose >money I want my money back
#choose >new (annoyed) A new one. And not from the same batch
@note .3
Batch of {date_old}, {few} cases. Pull the rest?
Warehouse says last one in {colour}.
@colleague
Pulled. Thanks for spotting.
There's one more in the Brisbane store.
@fork
@way 5 #new,less,money
  @agent work=3
  #new A new one leaves [today|tomorrow], tracking {tracking}. The driver takes the old one along.
  #less I've taken 30 % off, {small_amount} goes back to your card. Enjoy it, wobble and all.
  #money Refunded: {amount}. No need to send it back, [donate it|a handy neighbour may like it].
  @customer
  #less,money,new [Great|Wow], that's fair
  #new Do I need to pack it up again?
  Thank you! [Easy|Painless]
  @agent chance=.6
  #new Just a blanket around it.
  A pleasure.
  @end solved
@way 2 #new
  @agent work=3
  I can send just the part. Fitting it takes ten minutes, [with the key from the bag|there's a video]. Would that be all right?
  @customer
  Yes, that's fine, less waste
  Ok, if it comes this week
  @rest 30 90
  @customer
  >fits Part came, fits. [Good as new|Thanks]
  >wrongside The part is for the wrong side
  @agent
  #fits Glad to hear.
  #wrongside Argh, mirror image. The right one goes out tonight.
  @end solved
@way 1 #less,money
  @agent
  It's a natural mark of the timber and not a fault, we say so on the page. You can return it within 60 days though.
  @customer
  Natural? {flaw}!
  Hm. Let me sleep on it
  @agent
  Let me ask the workshop again with your photo; that one does look odd.
  @end refused
@join
@back
The new one has the same problem: {flaw}
@again
Then it's the model, not the piece. I've refunded all of it and told our makers.

@story send_back weight=8 team=returns label=return heat=.25
>how How do I return the {product}? // {order}
>swap The {product} is too [big|small] for our {room}. Can I swap it for {size}? {order}
>how I don't like the {colour}, can I send it back? [Opened but unused|Still in the box]. {order}
>cost Do I pay for the return of {order}? It weighs [a ton|30 kilos]
>refund I sent back the {product} on {date_old} and [still|have] no refund. // {order}, {tracking}
>late Is it too late to return something from {date_old}? [It was a present|I was in hospital]. {order}
>shop Can I take {order} back to your shop in {suburb}?
>label Return label for {order} doesn't [print|open]
>cost (annoyed) {amount} for sending back a {product} YOU described wrongly? {order}
>how (chatty) We measured. Twice! // And the {product} still blocks the fridge. How do returns work? {order}
>how (terse) Return {order}
@agent
#how,cost,swap >which 60 days, no questions. Big things we fetch for {small_amount}, small ones go with the label. Which is it?
#how,swap >ass Sure. [Is it still assembled|Do you have the box]?
#refund It arrived with us on {date_past}, the refund should have gone out. Let me see.
#shop [You can, yes|Yes], in {suburb} too, with the order number.
#label I've made a new one. Does it open now? It's in {email}.
#late When did it arrive, and is it still in its box?
@customer
#which Please fetch it, {street}, {suburb}
#ass,which Box is gone, is that a problem?
#which It's the small one. Send the label please
#ass Assembled, we'd have to take it apart
#refund Thank you. It was {amount}, to the same card please
#shop Great, I'll bring it on {weekday_next}
#label It opens now, thanks
#late It came on {date_old}, [box is gone|box is still here]
@fork
@way 5 #which,ass,refund,shop,label
  @agent
  #which,ass Pick-up is on {weekday_next} between 8 and 12. No box needed, we bring blankets.
  #which The label is in {email}; drop it at any {courier} shop.
  #ass You can leave it assembled. Two people come.
  #refund Found it: refunded just now, {amount}. Sorry for the delay.
  #shop,label Then all is set. The refund starts when we scan it.
  @customer
  Perfect
  #which,ass,shop [Great|Good], and when do I get the money?
  #which,ass,shop,label [Works for me|Ok], thanks
  #refund Thank you. Seen it
  @agent chance=.5
  #which,ass,shop,label Three days after it's scanned.
  @end solved
@way 1 #late
  @agent
  It's past the 60 days. I can take it back for a gift card, would that help?
  @customer
  Gift card is [fine|ok]
  That's a pity
  @set label=voucher
  @agent
  Here: {card_code}, {amount}. No end date.
  It's there if you change your mind.
  @end solved
@join
@back
>nobody Nobody picked it up
>short The refund is {small_amount} short
@again
#nobody I'm sorry, booked again, first slot on {weekday_next}.
#short That was the pick-up fee, I've returned it as well.

@story missing_part weight=6 team=products label=assembly heat=.3
>part {part} is missing from my {product}. // {order}
>step I'm building the {product} and [step 6|step 9|page 4] makes no sense. // Which way does the panel go?
>part The holes for the {product} don't line up, {part} seems wrong
>buy I lost {part} of my {product} in the move, can I buy one?
>off How do I get the {product} off the wall again?
>weight How much weight can the {product} hold?
>screws There are {few} screws left over from the {product}, should I worry?
>ass Do you do assembly in {suburb}? It's a {product}
>part (annoyed) {few} hours on the floor with a {product} and {part} is NOT in the box. {order}
>part (hurried) Kids' bed must stand tonight, {part} missing, {order}
>part (chatty) {relative} said "we don't need instructions". // We need instructions. And {part} of the {product}
>part (terse) No {part}, {order}
@agent
#part,buy [Annoying, sorry.|] It goes out today by letter. Same address in {suburb}?
#step Turn it around: the drilled edge faces the floor. Could you send a photo?
#screws Spare screws are normal for that one, we count badly but generously.
#weight 40 kilos in the middle, if it's screwed to a real wall.
#off Lift it two centimetres and pull towards you; there are hooks behind. Does it move?
#ass In {suburb} we do, {small_amount}, usually within the week. Shall I book somebody?
@customer file=photo.jpg
#part,buy Yes, {street}
#step,off [Ah|Oh]! Upside down. [Got it|Thank you]
#step Photo attached. Looks wrong to me
#screws,weight Ok good
#ass Yes please, {street}
@agent
#part,buy Posted. [Two days|Should be there by {weekday_next}].
#step Now I see it: panel 4 and 7 are swapped. One screw out, turn, done.
#screws,weight,step,off Enjoy it. [Send us a picture|We'd love to see it].
#ass Booked: {weekday_next} at {clock}. He brings his own tools.
@end solved

@story before_buying weight=8 team=products label=stock heat=.05
>when When is the {product} in {colour} back in stock?
>look Is the {product} in {colour} more [grey|green|yellow] in real life? It's for our {room}
>fit Will the {product} fit through a [70|76|82] cm door?
>made What's the {product} made of? [I'm allergic to latex|We have a cat with opinions]
>see Can I see the {product} anywhere near {suburb}?
>size Does the {product} come in {size}?
>ship Do you ship the {product} to [New Zealand|Tasmania|Norfolk Island]? What would that be?
>clean Is the {product} easy to clean? Two kids, one dog, red wine
>diff What's the difference between the {product} and the {product2}?
>keep Could you keep a {product} for me till {date_next}? [Payday|We get the keys then]
>look Does {colour} go with {colour2}?
>look (hurried) Last {product} in the basket, does {colour} match {colour2}, yes or no
>comfy (chatty) I've been in love with the {product} since autumn. // Before I commit: is it comfortable for somebody of 1.92 m?
>when (terse) {product} {colour} in stock?
@agent work=1.5
#when [Good question.|] Next lot of {colour} lands on {date_next}. Shall I let you know?
#look I have one in front of me: a bit warmer than on the screen, I'd say.
#fit It comes in two boxes, so 70 is enough.
#made Solid timber, water-based oil, no latex. The cat will sleep on it.
#see There's one in our {suburb} showroom, [Thursday to Sunday|every day but Monday].
#size Only in the one on the page for now; {size} comes in the new year. Shall I write you down?
#ship We do, by sea, {small_amount} and about three weeks.
#clean The cover comes off and goes in at 40. Red wine we tested on purpose.
#diff Mostly the height and the price; the wood is the same. What's it for?
#keep I'll put one aside until then, with your name on it.
#comfy My colleague is 1.94 and says the headrest is just right.
@customer
#when,size Yes please, to {email}
#ship,fit,made,see,clean,comfy [Great|Good to know]. How long to {suburb}?
#look,made Could you send a photo in daylight?
#look,when Hm, then {colour2} maybe
#diff For our {room}
#keep That's kind, thank you
@agent
#when,size You're on the list.
#ship,fit,made,see,clean,comfy About {few} days to {suburb}.
#look,made [Just took one for you|Here, by the window]. No filter.
#look,when {colour2} is calmer. Between us, I have that at home.
#diff Then the {product}, I'd say.
#keep You have until {date_next}, then I have to let it go.
@fork
@way 2
  @customer
  Ordered! {order}
  You've sold me on it, thanks
  @end solved
@way 2
  @customer
  Let me think about it, thank you
  @end promised
@join

@story happy_shopper weight=2 label=parcel heat=0 file=livingroom.jpg
>pic [Just|I just] wanted to show you the {product} in our {room}!
>pack The {product} is even nicer than on the photos. // Thank whoever packed it, not one scrap of plastic
>driver Your driver in {suburb} carried the {product} up four floors and would not take a tip. // Please thank him
>pic {few} years on and the {product} still looks new
>pic Can I leave a review somewhere? The {product} in {colour} is the best thing I've bought this year
@agent
#pic Oh that looks [great|so good]. May we share it, without a name?
#pack,pic [You've made our morning.|] I've pinned it up in the warehouse.
#driver Thank you! I've told the driver's boss.
@customer chance=.6
Of course
[Sure|Yes], go ahead
@end solved
"""
