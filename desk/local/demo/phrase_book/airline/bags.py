# ruff: noqa: E501 - a phrase is one line
"""Bags that come late, broken or not at all, and things left on board."""

BAGS = """
@story late_bag weight=11 team=baggage label=baggage heat=.5
>notag My bag [did not arrive|didn't come off the belt|never showed up] in {destination}. // I flew on {flight} [from {origin}|this morning|yesterday|on {weekday_past}]
>notag I'm [standing at|still in] the baggage hall in {destination} and my {bag} is [not here|missing]
>notag {flight} landed [an hour|two hours|{minutes} minutes] ago and [one of our bags is not on the belt|my {bag} hasn't turned up]
Where is my [luggage|suitcase]? // Flight {flight}, tag {bagtag}
>notag We are [four|two|three] people and only [one|half] of our bags made it to {destination}. Booking {pnr}
I reported a missing bag on {weekday_past} and have [heard nothing|had no news] since. // Tag [number|] {bagtag}
>notag The tracker in my bag says it is [still|sitting] in {hub} while I'm in {destination}. // Flight was {flight}
Bag {bagtag} [missed|did not make] the connection in {hub}. [When will|Will] I get it[ today|]?
I landed in {destination} [last night|at {clock}] from {origin} and my {bag} did not. // Tag is {bagtag}
(annoyed) You lost my bag. [Again|Well done]. // {flight} to {destination}, tag {bagtag}
(annoyed) {few} days in {destination} without my clothes and [nobody calls me|not one call]. {bagtag}
>notag (chatty) So I'm at [my sister's wedding|my mother's 70th|a very smart conference] in {destination} in jeans and a fleece, because my {bag} decided to stay in {origin}
(terse) Lost bag {bagtag}
>notag (hurried) Bag missing, {flight}, my next train leaves at {clock}. Can I leave without it?
@set priority=high chance=.35
@fork
@way 6 #notag
  @agent
  [I'm sorry about that.|That's no way to arrive.|] Could you send me [the|your] tag number and [tell me what the bag looks like|a description of the bag]?
  What does the bag look like, and which [address|hotel] can we bring it to?
  Do you have the [small receipt|sticker] with the number starting HA? A photo [is fine|will do].
  (brisk) Tag number and a description please. Colour, size, anything that stands out.
  @customer file=bag-tag.jpg
  It's a {bag}. The tag says {bagtag}
  {bagtag} // {bag}
  [Photo of the tag attached.|Here is the tag.] It's a {bag}, with my name inside
  Tag {bagtag}, [it is|it's] a {bag}. I'm staying with {relative} in {destination}
  (annoyed) I gave all this at the desk already. {bagtag}, {bag}
  (terse) {bagtag}
@way 4
  @agent
  [Let me look that up|I'm checking the tracing system]. [One moment|This takes a few minutes|I'll be right back].
  Give me a few minutes while I call {hub}.
  [I can see the flight|Found your trip], that's enough for me to [start|trace it].
@join
@note .55
[Scanned|Last scan] in {hub} at {clock}, not loaded. Asked the ramp team to [look|check].
{bagtag} has no scan after {origin}. [Opened|Raised] a trace, file {case}.
Belt 4 in {hub} broke down this morning, [this is|looks like] one of the thirty.
Someone took the wrong bag in {destination}, the owner of the other one called us.
@colleague
{hub} says it goes on {flight2} tonight.
Seen it: lying in the transfer area, no tag. They [re-tag|tag] it now.
Nothing yet, calling again [at|before] {clock}.
@fork
@way 6
  @agent work=5
  [Good news:|Found it:] your bag missed the connection in {hub} and is booked on {flight2} [tonight|tomorrow morning]. A courier will bring it to you.
  It is in {hub}. It flies to you on {flight2} and [should reach you|will be with you] by {weekday_next}[, {clock}|].
  The bag was left behind at departure. It's on its way with {flight2} now.
  (cheerful) [Found it!|Your bag has had a nap in {hub}.] It takes {flight2} and a van brings it to your door.
  @customer
  >addr [Ok|Good]. Which address do you have? I'm at {street} [in {destination}|]
  >call Can they call [before|when] they come? The bell [is broken|doesn't work] at {street}
  >basics And until then? I have [no clothes|nothing], can I buy [things|the basics]?
  >home Will [somebody|I] have to be home [all day|to sign]?
  >early (annoyed) {weekday_next}?? I fly home on {weekday_next}
  (chatty) Oh thank goodness, my speech is in there!
  @agent
  #call,home,early [Yes, of course.|Sure.] The driver calls [an hour|half an hour] before.
  #basics [Yes, of course.|Sure.] Up to $100 a person[, keep the receipts|, just send us the receipts].
  #addr,call I've put the address on the file, and asked the courier to ring {phone}.
  #home,call No need to [stay in|wait at home]: they agree a time with you [by text|first].
  I'll keep an eye on it until it's with you.
  #early [Understood.|] I've asked for [the evening round|the first van], and noted it in bold.
  @fork
  @way 5
    @rest 8 30
    @customer
    It [arrived|came] [just now|this morning|last night], everything [is|still] in it
    The courier was here. [All good|Nothing missing]
    Got it back! [A bit scratched but fine|Not a scratch]
    (terse) Arrived
    @end solved
  @way 3
    @customer
    Ok, I'll wait for the call
    #basics [Fine|Good], I'll keep the receipts
    [Great|Perfect], that works
    @end promised
  @join
@way 3
  @agent work=7
  I [have to be honest|won't pretend]: there is no scan after departure yet. I've opened [trace|file] {case} and the night team searches by hand.
  We [haven't|have not] found it yet. The file is {case}; I look at it [every morning|twice a day] until it's back.
  No trace so far. Please list what was inside, [brands and colours help|the more detail the better], and I'll send it to {hub} as well.
  @customer
  >never What if it [never turns up|isn't found]?
  >howlong How long [does this|do these things] usually take?
  There is [medication|a laptop|my wedding dress|my work] in it...
  (annoyed) So you have no idea where it is
  >pay (annoyed) [Great|Fantastic]. Do I get {amount} for it or what?
  @agent
  #never,pay Nine in ten come back within [three|two] days. After 21 days it counts as lost and we pay, up to about $1,700[ per person|].
  #howlong [Usually|Mostly] two or three days. If not, you can claim; [I've sent you|here is] the form, so it's ready.
  I understand. I've marked it as urgent and [will write|you hear from me] on {weekday_next} [either way|, news or no news].
  @rest 20 60
  @fork
  @way 3
    @agent
    It turned up in {hub}! On {flight2} tomorrow, courier on {weekday_next}.
    Found: [the tag had come off|somebody had taken it by mistake]. It [leaves|flies] today with {flight2}.
    @customer
    [Amazing|Finally], I had given up hope
    That's [the best news of the week|a relief]
    (annoyed) About time
    @end solved
  @way 1
    @agent
    Still nothing, I'm sorry. I've moved the file to claims; they pay out by {date_next}. [The reference stays|Keep] {case}.
    @customer
    Ok. [Where do I send|Who gets] the list of contents?
    That's a [sad|bad] end to the trip
    @set label=refund
    @end refused
  @join
@join
@back
>late The courier did not come. [It's|It is] {clock} and I've [been home|waited] all day
>late [Any news on|Still no] {bagtag}? The page [says|still says] in transit
>dam The bag is here but [the lock is broken|the bottle inside burst|a pair of shoes is missing]
>rec I [have|kept] the receipts, {amount} together. Where do I send them?
@again
#late I'm sorry. I've called the courier: [new round|they come] tomorrow before noon, and I'll watch it.
#rec [Send them here|Just photograph them], I'll pass them on and you get the money in a week.
#dam Thanks for telling me. I've opened a damage report under {case}; [photos|pictures] please.

@story broken_bag weight=5 team=baggage label=baggage heat=.45 file=bag.jpg
My {bag} came back from {origin} [broken|damaged]: {broken}
[Picked up|Collected] my bag after {flight} and {broken}. // [See photo|Photo attached]
Look at [this|my suitcase]. {flight}, [landed|arrived] {weekday_past}. // {broken}
How do I [claim|get paid] for a damaged bag? // {broken}, tag {bagtag}
[Only noticed at home|Saw it in the taxi]: {broken}. The flight was {flight} [from {origin}|]
(annoyed) What do your people do with bags?? {broken}. [It was new|Three weeks old]. {flight}
(chatty) My {bag} survived ten years and two continents. Then {flight}. // Now {broken}
(terse) Damaged bag {bagtag}
@agent
>desk [Oh no.|I'm sorry.|] Did you report it at the airport? If not, that's fine within seven days.
>old [That looks rough.|Thanks for the photo.] How old is it, and [roughly what did it cost|do you have a receipt]?
>tagq Thank you for the picture. [Can|Could] you send one of the tag [as well|too]?
>three (brisk) Need three things: tag, photo of the whole bag, purchase price.
@customer
#old,three [About|Roughly] two years old, paid {amount}. Tag is {bagtag}
#desk No, the desk was [closed|unmanned] at that hour. // {bagtag}
#old,three I have the receipt, {amount} in {date_old}
#desk [Yes|I did], they gave me the file {case}
#desk (annoyed) There was nobody to report it to! {bagtag}
#tagq Here's the tag: {bagtag}
@note .3
Photo shows impact from the side, that's handling. Would pay.
Third one from {flight} this week, telling the ramp lead.
@fork
@way 3
  @agent work=4
  >repair You can [choose|pick]: we have it repaired, or we pay {amount2} [today|now].
  >replace We replace it. I've sent a link with [eight|a dozen] models to {email}.
  >voucher I can [offer|transfer] {amount2} for it, or a voucher with 20% on top.
  @customer
  [The money please|I'll take the money]
  #voucher Voucher is fine, I fly [with you|again] on {date_next} anyway
  #repair Repair, [I'm attached to it|it was a gift from {relative}]
  (annoyed) It cost {amount}. But ok, [the money|fine]
  #replace [Found one I like|The grey one is nice], thank you
  @agent
  Done. [It takes|Allow] five working days.
  Good choice. [You get|I've sent] a confirmation to {email}.
  [Sure.|] I've started it; the reference is {case}.
  @end solved
@way 1
  @agent
  >scratch Small scratches and dents count as wear, so [we can't pay|there's nothing] for this. I know that's not what you hoped for.
  >toolate It was reported after more than seven days, [and then the rules tie our hands|which is too late for a claim]. As a courtesy I can add {miles} miles.
  @customer
  #scratch That is not a scratch, {broken}
  #toolate Seven days? Nobody [says|told me] that anywhere
  #toolate Hm. The miles then [please|]
  @agent
  #scratch I see your point, and I've [asked|written to] my lead to look at it again.
  #toolate It's in the conditions, [section 9|under baggage], but hard to find, I agree. I've added the miles to your account.
  @end refused
@join

@story left_on_board weight=5 team=baggage label=baggage heat=.1
I left {left} on [board|the plane]. // Flight {flight}, seat {seat}
[I think|Pretty sure] I forgot {left} in the seat pocket, {seat} on {flight} [yesterday|today|]
Is there a lost property? I'm missing {left} since {flight} [from {origin}|]
Has [anybody|anyone|the crew] found {left}? [It was|Left it] at {seat}, {flight}
My [son|daughter] left {left} on the flight to {destination} [and won't stop crying|]. {flight}, row {seat}
(chatty) Silly me, {left} is still flying around in your plane. // {seat}, {flight}
(hurried) Just got off {flight}, left {left} at {seat}. Plane's still at {gate}!
(terse) Lost item {flight} {seat}
@agent
I've asked the [cabin crew|cleaning team] in {destination}. [What does it look like|Anything special about it]?
[Let's find it.|] On which day was that, and can you describe it a little more?
(brisk) Reported to lost property. Any name or mark on it?
@customer
[It has|There's] a sticker with my initials, and [a scratch|a small tear] on one side
It was on {weekday_past}. [Nothing special about it|Pretty ordinary], sadly
My phone number is written inside, {phone}
[It's not worth much|Not expensive] but it was a present from {relative}
@rest 3 40
@fork
@way 3
  @agent work=4
  [We have it.|Found!] It was [under the seat|in the pocket|handed in by the next passenger]. Shall I post it or will you [collect|pick up]?
  The crew handed it in at {destination}, desk {gate}. It waits for you, number {case}.
  @customer
  >post Please post it to {street}
  >collect I'm passing through on {date_next}, I'll [collect|fetch] it
  >post [Amazing|Wow], I [really|honestly] didn't expect that. Post please
  @agent
  #post It's in the post [today|tomorrow], with tracking to {email}.
  #collect Noted. Bring an ID, they're open from 6 to 22.
  @end solved
@way 2
  @agent work=4
  Nothing was handed in [so far|yet], I'm sorry. We keep looking for 30 days and write if it turns up.
  I asked {destination} and {hub}: no luck. I'll leave the report open[ until {date_next}|].
  @end refused
@join
"""
