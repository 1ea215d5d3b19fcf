# ruff: noqa: E501 - a phrase is one line
"""Bills, SIM cards, numbers that move, journeys, goodbyes."""

ACCOUNTS = """
@story bill weight=9 team=billing label=bill heat=.5
>calls Why is my bill {amount} this month? It's usually {small_amount}. // {line}
>extra There's {extra} on my bill for {small_amount}. I never [ordered|wanted] that
>paid I paid on {date_past} and my line is still [cut|blocked]. {line}
>twice I was charged twice on {date_past}, {small_amount} each. {account}
>parts Can I pay in {few} parts? [It's been a hard month|Salary comes on the 27th]. {account}
>name The bill is in the name of my [late father|ex-wife|old company]. How do I change that?
>ended I cancelled {plan} on {date_old}, why is there a bill of {amount}?
>promo You promised {small_amount} for a year and now it's {amount2}. {plan}
>copies Please send me the bills of the last {few} months, [for my employer|for my visa]
>card Auto-pay failed, [new card|card expired]. How do I change it? {account}
>calls (annoyed) {amount}!! For {plan}! Explain every riyal
>extra (annoyed) Who put {extra} on my line? Take it off and pay it back
>paid (hurried) Line cut, need it in {minutes} minutes for {use}, I just paid {small_amount}
>extra (chatty) I opened the bill and had to sit down. // {amount}. My daughter says it's {extra}, I say it's you
>calls (terse) Bill {amount} why
@agent work=2
#extra [Let me open it.|I'm reading it now.] There's {extra} on it, started {date_past}. Did anybody tap OK on a page?
#calls I see calls to {abroad} outside the plan, {minutes} minutes. Do you know them?
#paid The payment is here, but on another account number. One moment.
#parts,copies,card,name Sure, let me see what's possible.
#twice I see both, four minutes apart. Was it the app that hung in between?
#ended The line was closed, the device instalment wasn't. Did you get the letter about it?
#promo I'm looking for the offer. Was it in a shop or on the phone?
@customer
#extra No. Nobody did
#extra [My son|The children] maybe. He plays on my {handset}
#calls Calls to {abroad}? Yes, my mother, but I have the pack
#paid {account} is the right one
#extra (annoyed) I didn't, and I won't pay it
#parts Thank you. Three would be best
#twice Yes, it hung at "please wait"
#ended No letter, [I moved|my address changed]
#promo In {shop}, on {date_old}. I kept the paper
#copies,card,name Thanks, [I have time|no rush]
@note .25
#extra Premium service opted in at 02:14, refund once per policy.
#calls Pack ran out on {date_past}, no text was sent. Our fault.
@fork
@way 5 #extra,calls,paid,parts,twice,ended,promo,copies,card,name
  @agent work=2
  #extra I've stopped {extra} and put a lock on such services. {small_amount} goes back on the next bill.
  #calls The pack ended and no text told you, that's ours. I've taken the calls off.
  #paid Found and moved. Your line is open again.
  #parts Three parts are fine: today, the 10th, the 27th. No fee.
  #twice The second one is returned to the card, three days.
  #ended You're right to ask. I've split the rest, {small_amount}, and taken the late fee off.
  #promo Found: it was entered for six months instead of twelve. Corrected, and the difference is on the next bill.
  #copies They're in {email}, with a stamp.
  #card In the app: Bill, Payment, Change card. I've stopped the reminder until tomorrow.
  #name I need the ID of both, or the certificate. A form is on its way to {email}.
  @customer
  [Good|Great], thank you
  #extra And it won't come back?
  #calls,extra,promo So the bill is now [{small_amount}|the usual]?
  @agent chance=.6
  #extra It won't, there's a lock on it.
  #calls,extra,promo Yes. The new bill is in the app tonight.
  @end solved
@way 1 #calls
  @agent
  The calls were made from your line and the pack doesn't include {abroad}, so I can't take them off. I can give you a pack for next month.
  @customer
  That's not fair
  How should I know what's included
  @agent
  You're right that it's badly written. I've asked for half as goodwill; answer by {weekday_next}.
  @rest 20 60
  @agent
  They agreed: half of it comes back.
  @end promised
@join
@back
>again It's on the new bill again!
>cut Line is cut again although I paid
@again
#again I see it, a second subscription under another name. Both gone, and I've returned {small_amount}.
#cut The payment had gone to the old number again. Moved for good, and the line is open.

@story sim weight=8 team=devices label=sim heat=.25
>block I lost my phone, please block {line}
>act My new SIM doesn't [work|activate]. // {iccid}, {handset}
>esim How do I get an eSIM on my {handset}? Number {line}
>esim The eSIM QR code says [already used|invalid]. I [reset|changed] my phone
>dead SIM not detected in my {handset} since [the update|yesterday]
>puk What's my PUK? [Wrong PIN three times|My son played with it]. {line}
>shop I need a smaller SIM for {line}, which shop?
>abroad Can you send a new SIM to {abroad}? I'm here until {date_next}
>swap Somebody swapped my SIM! I got a text and now no network. {line}
>give I want the number {line} for {relative}, how do I transfer it?
>wait (annoyed) {days} days waiting for a SIM that was "on its way". {line}
>block (hurried) Phone stolen, block {line} now please!!
>dead (chatty) My {handset} went swimming with me. // The phone is dead, can the SIM be saved? {line}
>puk (terse) PUK for {line}
@agent
#puk,swap,give,abroad,act >id To be sure it's you: the last four digits of your ID, and a number you called recently?
#block >same [Blocked.|It's blocked.] Do you want the same number on a new SIM?
#esim,dead >eid Which handset, and does it show the EID when you dial *#06#?
#act >photo Is there a photo of the SIM's back?
#shop,wait I'm looking where there's one. Do you have your ID with you?
#dead Usually the SIM survives. Dry it for a night, then try it in another phone. Does it get signal there?
@customer file=sim.jpg
#id {id_end}, and I called {phone2} yesterday
#same Yes, the same number. As eSIM if possible
#photo Photo attached
#esim It shows a long number, yes
#shop,wait Yes, always
#dead [No signal there either|Nothing in the other one either]
@fork
@way 5 #block,act,esim,dead,puk,shop,abroad,give,wait
  @agent work=2
  #esim,block,abroad A new QR code is in {email}. Scan it by WiFi, [and restart|then wait two minutes].
  #act,dead Activated. Switch off and on once.
  #puk The PUK is in the app under SIM; I've also sent it to {email}.
  #shop,block,wait,dead The new SIM is ready in {shop}, bring your ID.
  #give The form is in {email}; both come to {shop} with their IDs, five minutes.
  @customer
  #act,esim,puk,dead,abroad [Works|It's on], thank you
  #shop,block,wait,give [I'll go|Going there] now
  #esim,act It says [waiting|activating]...
  @agent chance=.5
  #esim,act Up to ten minutes. It's through on our side.
  Good. [Anything else|All set].
  @end solved
@way 1 #swap
  @set priority=urgent
  @note 1
  SIM changed in a shop at {clock} with a fake paper. Froze it, told fraud.
  @agent work=2
  You're right, it was swapped without you. I've frozen the line; please call your bank at once.
  @customer
  [Oh no|My God]. Doing that now
  @agent
  The number is yours again tomorrow morning, in {shop}, only with your fingerprint. I'm very sorry.
  @end promised
@join

@story number_move weight=4 team=devices label=number-move heat=.35
>new I want to move my number {line} from {operator} to you. How long?
>stuck My number move {port} is [pending|rejected]. // Since {date_past}
>debt {operator} says I owe them {small_amount}, is that why {port} is stuck?
>half Half moved: I can call but not receive. {line}
>new Can I keep {line} and take {plan}?
>stuck The move was for {date_past}, nobody told me it [failed|was delayed]
>half (annoyed) Between you and {operator} my number has been dead for {days} days
>stuck (hurried) Flying to {abroad} tonight, will {line} work by then? {port}
>stuck (terse) {port} status
@agent work=2
#stuck >name Let me see {port}. The name must be exactly as with {operator}; is it?
#stuck,half,new >wait It takes one working day after they release it. They've not done so yet.
#new >pre Of course, the number stays. Is it prepaid there?
#debt>paid They have refused it with the reason "unpaid bill". Is that possible?
@customer
#name It was in my [brother's|company's] name
#name The same name, letter by letter
#pre Prepaid, [nothing owed|all paid]
#wait [Ok|Hm]. And what can I do meanwhile?
#paid Could be, [the last one|from the month I left]
@fork
@way 4 #name,wait,pre
  @agent work=4
  #name Sent again with the right name. It should be through [tonight|by {clock} tomorrow].
  #wait,pre They released it. Put in the new SIM at {clock2} and switch on.
  @rest 6 26
  @customer
  It's working
  [Moved|Done], thanks
  @end solved
@way 1 #debt
  @agent
  They refuse until {small_amount} is paid there. I can't change that, but as soon as it is, I'll push it the same hour.
  @customer
  I'll pay it
  I don't owe them anything
  @end promised
@join

@story roaming weight=5 team=billing label=roaming heat=.2
>plan I'm going to {abroad} on {date_next}. Which pack is best?
>nodata I'm in {abroad} and [no data|nothing works]. // {line}, restarted twice
>plan What does a call from {abroad} cost?
>bill Roaming bill of {amount} for {days} days in {abroad}. [I had a pack|I only used WiFi]!
>plan Does {plan} work in {abroad}?
>plan Can {relative} use my pack in {abroad} as well?
>off How do I switch roaming off? I'm near the border in {town}
>bill (annoyed) {amount} for a week in {abroad}, mostly standing in the hotel lobby
>nodata (hurried) Just landed in {abroad}, no network, taxi app needs data!!
>plan (chatty) Finally taking my mother to {abroad}! // She will video call everybody. What pack survives that?
>plan (terse) Roaming {abroad} price
@agent
#plan For {abroad}: 5 GB and 100 minutes for {small_amount}, 15 days. Shall I add it?
#nodata Please switch data roaming on, and choose the network by hand. Which ones are in the list?
#bill Let me read the usage of {date_past}.
#off Settings, Mobile, Roaming, off. I can also lock it from here; shall I?
@customer
#plan Yes please, from {date_soon}
#nodata [Three|Two] networks, the first has no bars
#plan 15 days is good
#nodata On now. [Nothing|Still nothing]
#bill The pack was from the first day, I have the text
#off Lock it please
@agent work=1.5
#plan Added, it starts when you land.
#nodata Take the second, and write APN: rimal. Then restart.
#bill The pack began a day late. I've taken the first day off, that's {amount2} less.
#off Locked. Send LOCK OFF to 5 when you want it back.
@customer
#nodata [Works|I have data]!
#plan,bill,off [Great|Good], thanks
@agent chance=.4
#plan,off Safe travels.
#plan,nodata Enjoy {abroad}.
@end solved

@story plan_change weight=6 team=billing label=bill heat=.1
>change I want to change from {plan} to {plan2}. [When|From when]?
>change What's the difference between {plan} and {plan2}?
>family Which plan for a family of {few}? We use about {gigabytes} GB
>fibre Is there fibre in {district}? [We move there on {date_next}|Near {street}]
>move We're moving to {town}, can I take {plan} along?
>change My {plan} ends on {date_next}, what do you offer?
>family I use only {gigabytes} GB, is {plan} too much?
>family Do you have something for my mother? Only calls, no internet
>change (hurried) Offer for {plan2} ends tonight, does it include {abroad}?
>family (chatty) {few} teenagers in the house. // I need whatever plan is made for that, poor me
>change (terse) {plan2} price?
@agent
#family,change Looking at the last months you use about {gigabytes} GB, so {plan2} fits and saves {small_amount}.
#change From the 1st, no fee. Shall I set it?
#fibre In {district} we have fibre up to 1,000. Which building?
#move It can move with you; two weeks' notice, and a technician in {town}.
@customer
#family,change Yes, change it
#fibre {street}
#family,change >back And if it's not enough, can I go back?
#family,change Let me ask {relative}
#move Good, from {date_next} please
@agent
#family,change Done, {plan2} from the 1st. You get a text.
#back Yes, any month.
#fibre,move It can be connected; first free day is {weekday_next}.
@fork
@way 3
  @customer
  [Perfect|Good], thanks
  #fibre,move {weekday_next} is fine
  @end solved
@way 1 #family,change
  @customer after=6
  We talked, no. Leave it as it is
  @end solved
@join

@story leaving weight=4 team=billing label=cancel-risk heat=.55 priority=medium
>want I want to cancel {plan}. {line}
>out How do I end my contract? [Moving to {abroad}|Leaving the country] on {date_next}
>offer {operator} gives me {gigabytes} GB for {small_amount}. Why should I stay?
>pen Is there a penalty if I cancel {plan} now? // {account}
>stillpay I cancelled in {shop} on {date_past} and I'm still charged
>want (annoyed) {days} days of outage, {amount} of bills. I'm done. Cancel {account}
>want (chatty) I was your customer number four hundred and something, and now you make me write this. // Please cancel
>want (terse) Cancel {line}
@agent
#want I'm sorry to read that. May I ask what would have to change for you to stay?
#pen,want There's {amount2} left on the device, otherwise nothing. Is it the price or the network?
#out When you leave the country there's no penalty; I need a copy of the exit visa or ticket.
#offer Fair question. Is it the price alone, or the network as well?
#stillpay It was written down in the shop but not sent on, I'm sorry. Do you have the slip?
@customer file=ticket.pdf
#want,pen,offer The network in {district}, mostly
#want,pen,offer Price. {small_amount} elsewhere
#out Ticket attached
#stillpay Slip attached
#want,pen Nothing. Just cancel please
@note .4
Nine years with us. Can give 40 % for a year.
@fork
@way 3 #want,pen,offer
  @agent work=2
  I can do {plan2} for {small_amount} for a year, and the first month free. Would that be something?
  @customer
  [Hm|Ok], that's fair. I'll stay
  Put it in writing and I'll stay
  @agent
  It's in {email}. Thank you for giving us the chance.
  @end solved
@way 2 #want,pen,out,stillpay
  @agent
  It ends on {date_next}. The last bill is {small_amount}, and you can keep {line} for 90 days.
  I've cancelled it, without penalty. Thank you for the years.
  @customer
  Thanks. [It was mostly good|No hard feelings]
  Ok
  @end refused
@join
"""
