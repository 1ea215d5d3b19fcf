# ruff: noqa: E501 - a phrase is one line
"""Cover, renewals, certificates, hospitals."""

POLICIES = """
@story renewal weight=7 team=policies label=premium heat=.4
>up My renewal went from {premium2} to {premium}. [Why|What happened]? // {policy}
>stop I [don't want|would like not] to renew {policy}. It ends on {date_next}
>inst Can I pay {premium} in instalments? // Policy {policy}
>paid I paid {premium} on {date_past} and still get reminders. {policy}
>paid Is {policy} [active|paid]? [The card expired|I changed banks]
>ncd My no claim discount is missing in the renewal, should be [30|40|50] percent. {plate}
>up Another insurer offers {premium2} for the same. [Can you match|What can you do]?
>paid The GIRO failed, now I have a late fee. {policy}
>up (annoyed) {years} years, no claim, and you raise it to {premium}. Explain that
>paid (hurried) Road tax due today, need the renewal of {plate} confirmed now
>up (chatty) {years} years together, Straitwell! And for our anniversary you send me a bill of {premium}
>up (terse) Why {premium}? {policy}
@agent work=2
#up >same Let me compare with last year. [One moment.|] Has anything changed, car, address, drivers?
#paid I see the payment. The reminder crossed with it, please ignore it.
#up,stop >cover [Repair costs rose for all|Medical costs rose for everybody], but there's some room. Do you need the same cover?
#inst Yes: three or six instalments, no interest with a card.
#ncd The new system may have lost it. Do you have last year's schedule?
@customer
#same Nothing changed. [Less driving, if anything|Still the same old car]
#cover The same please, but the excess may be higher
#inst Six please
#up (annoyed) What changed is the price
#paid [Good|Ok], then it's active?
#ncd Yes, it says so there, attached
@note .2
#up,stop Can give loyalty 8 %, five years claim free.
@fork
@way 4 #up,stop,ncd
  @agent work=3
  #cover,up With an excess of {excess} it's {premium2}. Shall I change it?
  #ncd I found your discount, it was lost in the move to the new system. It's {premium2} now.
  #up,stop As a thank you for {years} years: eight percent off, that makes {premium2}.
  @customer
  [Better|Much better]. Yes please
  Ok, [deal|done]
  Yes, and send me the papers to {email}
  @agent
  Done. The schedule is on its way to {email}.
  Renewed until next year. [Drive safely|Thank you for staying].
  @end solved
@way 3 #paid
  @agent
  Active and paid until next year. [The schedule is in|I've sent the schedule to] {email}.
  It's confirmed with the road tax office too. The late fee is off.
  @end solved
@way 3 #inst
  @agent
  Set: six times, the first on {date_next}. You get a reminder before each.
  @end solved
@way 1 #up,stop
  @agent
  I can't go lower, I'm sorry. It's the age of the car and the area.
  @customer
  Then I'll cancel
  I'll compare and come back
  @agent
  I've noted that it lapses on {date_next}. If you change your mind, write here before.
  @end refused
@join

@story certificate weight=6 team=policies label=documents heat=.1
>visa I need a letter that I'm insured for a visa to {trip}, [by {weekday_next}|urgently]. {policy}
>papers Can you send me [the policy schedule|a tax statement|a premium receipt] for {policy}?
>papers My [bank|employer|landlord] wants a certificate of insurance. // {policy}
>visa The [consulate|embassy] says the cover must be written as 30,000 euro. Can you?
>pdf I can't open the PDF you sent, it wants a password
>addr Please send [everything|my card] to the new address, {street}
>addr My name is [misspelt|wrong] on the policy: should be {full_name}. {policy}
>visa (hurried) Visa appointment at {clock}, need the letter for {trip} now
>visa (chatty) The lady at the consulate looked at my letter like at an expired fish. // Can I have one with today's date?
>visa (terse) Letter for visa {policy}
@agent
#visa,papers [Of course.|Sure.] For which dates and which names?
#pdf The password is your birthday as DDMMYYYY. Does it open?
#addr Corrected. Do you need the papers by post as well?
@customer
#visa {date_next} to three weeks later, {few} persons
#pdf [Opens|Yes], thanks
#visa For me and {relative}, names as in the policy
#addr,papers By e-mail is fine, {email}
@agent work=2
#visa Sent to {email}. It says EUR 30,000 and all Schengen states.
#papers,addr You have it in your inbox, with stamp.
#visa Done. [Have a good trip|Good luck at the counter].
#pdf Good. I've noted that you'd rather have them without a password.
@end solved
@back
They want the [passport number|date of birth] in it too
@again
Added and sent again, sorry.

@story hospital_letter weight=7 team=health label=medical heat=.25 priority=high
>ask I need {operation} at {hospital} on {date_next}. Is it covered? // {policy}
>letter {hospital} wants a letter of guarantee for {operation}. Do you send it [directly|to them]?
>panel Which panel clinics are near {place}? I have {illness}
>er [My wife|My mother|My son] is at the emergency of {hospital}, {illness}. // What do we do? {policy}
>doc {doctor} isn't on your panel. [Do I pay myself|How much do I get]?
>ask Is {operation} day surgery or do I have to stay [overnight|] for the claim?
>ask I have a waiting period, is {operation} after {date_next} ok? {policy}
>bill {hospital} has sent me a bill of {amount}, I thought you [paid|settled] it
>letter (annoyed) {hospital} won't admit {relative} because your letter is not there. {policy}
>letter (hurried) At the counter of {hospital}, they need the guarantee number now. {policy}
>ask (chatty) {age} and my first ever operation, {operation}. // I'm told I should ask you before, so here I am
>letter (terse) LOG {operation} {hospital}
@agent
#letter,ask I'm sorry. [I'll be quick.|Let me see the plan.] Who is the doctor, and what's the estimate?
#ask Let me check the benefit table. Do you have the referral?
#ask,doc That's covered at panel hospitals in full, elsewhere 80 percent after {excess}.
#er Please go in, [emergencies need no letter|we settle that later]. Which ward?
#panel The nearest open now is {clinic}, {minutes} minutes from there. You only show your card. Shall I send the list?
#bill They should have sent it to us. Could you send me a photo of it?
@customer file=estimate.pdf
#letter,ask {doctor}, the estimate is {amount}, attached
#ask Referral from the polyclinic, photo attached
#er Ward {ward}. They ask for {amount2} deposit
#ask,doc {doctor} again, same as last year
#panel Yes please. [Going there|We go there] now
#bill Attached. It says due on {date_next}
@note .3
#ask,letter Pre-existing? Notes mention it in {date_old}. Asked the nurse adviser.
#ask,letter,er Guarantee up to S$20k is within my limit.
@colleague
Not pre-existing, different knee. Go ahead.
@fork
@way 6 #letter,ask,er,bill,doc,panel
  @agent work=4
  #letter,er,ask The letter is with {hospital} since {clock}, number {claim}. You pay nothing except {excess}.
  #letter,ask,doc Approved. I've sent it to them and to {email}.
  #bill The bill is ours; I've called their billing office, please ignore it.
  #panel Sent to {email}. Get well soon.
  @customer
  [Thank you so much|Relieved], thank you
  #letter,er They have it now, we're going in
  #ask,letter,doc >fu Great. And the follow-ups?
  #panel,bill Thank you
  @agent chance=.7
  #ask,letter All the best for the operation.
  #fu Follow-ups are covered for 90 days, just keep the receipts.
  #er,letter,panel Get well soon.
  #bill You won't hear from them again. If you do, write to me.
  @end solved
@way 1 #ask
  @agent work=4
  I'm sorry, {operation} is excluded in the first year; it would be covered from {date_next}.
  @customer
  It can't wait
  And if {doctor} writes that it's urgent?
  @agent
  With such a letter our medical adviser looks at it the same day. Please send it to me directly.
  @end refused
@join

@story change_policy weight=5 team=policies label=documents heat=.1
>driver Please add {relative} as a driver for {plate}. [{age} years old|licence since {date_old}]
>add We had a baby! How do I add her to {policy}?
>sold I sold {car}, [cancel|please stop] the insurance. {plate}
>add I'd like to change the beneficiary on {policy} to {relative}
>car I've bought {car}. How much is insurance? I'm {age}
>add My [helper|maid] arrives on {date_next}, I need cover for her
>trip Does my travel plan cover [skiing|diving|scooters] in {trip}? {policy}
>trip Going to {trip} for {few} weeks, how much for {few} people?
>plan What's the difference between your [basic|silver] and [gold|plus] plan?
>trip (hurried) Flying to {trip} in two hours, can I still buy cover?
>driver (chatty) It's official, {relative} has passed the driving test, heaven help us. // How much more for {plate}?
>trip (terse) Quote {trip} {few} persons
@agent
#add [Gladly.|With pleasure.] I need the full name, the birthday and the identity number.
#trip For {trip} it's {small_amount} a person, [with|including] sports up to 4,000 metres. Shall I send the link?
#driver The extra driver costs {small_amount} a year, the excess stays {excess}.
#sold Please send the transfer slip, then you get {amount2} back.
#car It depends on the year of the car and your discount. Could you tell me both?
#plan Mostly the limits: hospital 200,000 or 500,000, bags 3,000 or 5,000, and sports in the larger one. Shall I send the table?
@customer
#add,driver {full_name2}, born {birth}
#trip,plan Yes, send it please
#driver,trip [That's fine|Ok], go ahead
#sold Slip attached. To the same account please
#car {plate}, and I have [20|30|50] percent
@agent work=2
#add,driver Added from today. [Congratulations|The new schedule is in {email}].
#trip,plan The link is in {email}, valid until midnight.
#sold Cancelled as of {date_past}; the money comes within a week.
#car About {premium} a year. The offer is in {email}, good until {date_next}.
@end solved

@story refused_claim weight=3 team=claims label=complaint,claim heat=.75 priority=medium
>read You refused {claim}. I don't accept that. // [Please explain|Who can look at it again]?
>pre "Pre-existing condition"? I never had {illness} before. {claim}
>late {claim} refused because of one day late. [Really|Seriously]?
>appeal I want to appeal {claim}. [How|Where do I write]? It's about {amount}
>wear Your letter on {claim} says wear and tear. {lost} was {few} months old!
>read (annoyed) I'm going to the ombudsman with {claim}
>read (annoyed) {years} years of {premium} and when I need you once: refused. {claim}
>read (chatty) I've read the letter about {claim} four times, with a dictionary, and I still don't know why it is a no
@agent
#read,pre,late,wear I'm sorry you got it like that. I'll read the whole file before I answer; give me until {clock}.
#appeal,pre,wear You can appeal: a different assessor looks at it. Is there anything new, a letter, a photo?
#read,late I understand the anger. Let me find out what the decision rests on.
@customer file=letter.pdf
#pre,appeal {doctor} wrote a letter, attached
#wear,late The receipt with the date, attached
[Nothing new|It's all in the file]. Just read it properly
@note .6
#read,pre,wear,late Reads like a template refusal. I'd overturn.
Exclusion 7b applies, but the wording is awful.
@colleague
Agree, overturn it.
Offer half as goodwill.
@fork
@way 3
  @agent work=12
  I've read it all: the refusal was wrong, I apologise. {amount} is ordered.
  My lead agrees with you. We pay {amount}, and I've asked for the letter to be rewritten.
  @customer
  Thank you for actually reading it
  [I appreciate that|That's decent]
  (annoyed) It should not need a fight
  @end solved
@way 2
  @agent work=12
  The decision stands, I'm sorry: clause 7b excludes it. As a gesture we pay half, {amount2}.
  @customer
  Half is better than nothing. I'm still [angry|not happy]
  No. I'll go to the ombudsman
  @agent
  You have every right; the address is in the letter, and I've attached the file so you don't have to ask.
  @end refused
@join
"""
