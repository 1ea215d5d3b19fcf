# ruff: noqa: E501 - a phrase is one line
"""Transfers, sign-in, fees and accounts."""

PAYMENTS = """
@story transfer_missing weight=8 team=payments label=transfer heat=.4
>out I sent {amount} to {receiver} on {date_past} and it [hasn't arrived|isn't there]
>in My [salary|pension] has not come in. [It's always here by the 12th|It usually comes at {clock}]
>abroad When will my transfer to {country} arrive? {amount}, sent {weekday_past}
>in Somebody paid me {amount} [yesterday|on {weekday_past}], when do I see it? // From another bank
>out {receiver} says there's no money. The app says [executed|sent] at {clock}, {amount}
>out My payment of {amount} is [pending|stuck] since {weekday_past}. // Was it something I did?
>abroad You returned my transfer to {country} and kept {fee}. Why?
>out (annoyed) {amount} has vanished between you and {receiver}. [Three|{few}] days! What is this, carrier pigeons?
>out (hurried) {receiver} needs {amount} before {clock} or the deal is off. Sent an hour ago!
>out (terse) Where is {amount} to {receiver}?
@agent work=2
#out >end [I'll trace it.|Let me follow it.] What does the receiver's account end with?
#out >time [It left us|We sent it] at {clock}. Payments after 14:00 go with the next run.
#out >name I can see it. It's waiting because the name and the account don't fit. What should it say?
#abroad >which Which country was it, and did you give a BIC?
#in Nothing is waiting on our side yet. From which bank should it come, and what amount?
@customer
#end It ends with {card}
#name The name is {full_name2}, I typed it [by heart|from an invoice]
#which {country}. I used the same as last time
#end,name,which (annoyed) All that is in the payment, isn't it
#in From {otherbank}, {amount}
#time Ah. So it goes tonight?
@note .2
#out Held by the sanctions filter because of the street name. False hit.
#abroad Receiver bank {country} asks for purpose of payment.
#in Payroll file of {otherbank} came late, next run {clock}.
@colleague
Released.
I wrote to them, answer usually within the day.
@fork
@way 5 #out,in
  @agent work=3
  #out It's [released|on its way] and will be there [today|by {clock}|tomorrow morning].
  #out It was held in a check, wrongly. It's sent now; {fee} are back on your account.
  #in [Payday is later this month because of the holiday|Your employer sent it today]; you see it at {clock}.
  @customer
  [Arrived|It's there now], thank you
  #in It's there now, thank you
  #out [Good|Ok], I'll tell {receiver}
  #in [Good|Ok], I'll check tonight
  @end solved
@way 2 #abroad
  @agent work=3
  It left for {country} on {date_past}. I've started a search with the other bank, reference {case}. That takes up to ten days, I'm afraid.
  @rest 40 130
  @agent
  >found They found it: one digit was wrong. It's [booked|on the account] now.
  >back It's come back, less {fee}. Shall I send it again?
  @customer
  #back [Yes please|Please do]
  #found Finally! Thank you for staying on it
  @end solved
@join
@back
>none Still nothing at {receiver}
>twice Now it arrived twice!
@again
#none I've called them: booked tonight. [I'll check again tomorrow|I have set myself an alarm].
#twice Then the search made a copy. I'll have the second one returned, no cost to you.

@story wrong_transfer weight=4 team=payments label=transfer heat=.3 priority=high
>wrong I sent {amount} to the wrong account. Can you [get it back|stop it]? // Should have gone to {receiver}
>wrong [I typed one zero too many|A zero too much]: {amount} instead of {small_amount} to {receiver}
>wrong Paid the same invoice twice, {amount}, [today|on {weekday_past}]. To {receiver}
>fraud I paid somebody on the marketplace {amount} and now he's gone
>due How do I cancel a payment that's due [tomorrow|{weekday_next}]? // {amount} to {receiver}
>wrong (hurried) Wrong account!! {amount}, one minute ago
>wrong (chatty) In my defence it was before coffee: I sent {amount} to {receiver} instead of my own savings
@agent
#wrong >ok [Not booked yet:|Lucky:] I've stopped it. The money is back in a minute.
#wrong >ask It's booked already. I can ask the receiver, they have to agree. Shall I?
#due >ok You can do that yourself until 6 in the morning: Payments, Due, Remove. I've done it for you now.
#fraud I'm sorry. Did you pay with the app or by transfer, and do you have the chat with him?
@customer
#ask Yes please ask
#ok [Uff|Phew], thank you
#ask And if they say no?
#fraud By transfer. I have everything, he called himself {full_name2}
@fork
@way 3 #ask
  @agent work=2
  They agreed; it's back on {weekday_next}.
  [Asked.|] Most answer within three days. If not, we write to them twice and then give you the name for a claim.
  @end solved
  @way 3 #ok
    @agent work=.5 chance=.6
    Next time the app also lets you stop it under Payments, Due.
    @end solved
@way 1 #fraud
  @agent
  Here it's a fraud, so please go to the police with {case}. I've reported the account.
  @customer
  I [should have known|feel so stupid]
  Will I ever see it again?
  @agent
  It happens to careful people. I wrote to their bank at once; sometimes there's something left.
  @set label=fraud
  @end refused
@join

@story login weight=8 team=payments label=login heat=.35
>err I can't log in [since the update|any more|since this morning]. // It says {error}
>bankid My BankID is [blocked|expired], how do I get a new one?
>new Got a {phone_kind}, how do I move the app?
>err The app [crashes|goes white|hangs] when I [open an invoice|scan a bill|tap on savings]. // Error {error}
>sms I don't get the code by text. // Number {phone}
>face Face unlock stopped working in the app, [now I don't know my code|and I forgot the code]
>proxy Can {relative} have access to my account? [She is|He is] helping me with the bills
>err Your website says "session ended" [every minute|all the time]. {error}
>lock (annoyed) Locked out for the {few}th time this month, {error}. I have bills due today!
>err (hurried) {error} on login, invoice due tonight, help
>err (chatty) I'm 81 and my grandson set up the app, he's in {country} now and I'm here with {error}
>err (terse) Login {error}
@agent
#err >ver Which phone is it, and has the app the newest version?
#err >clock {error} means the clock of the phone is off. Is the time set to automatic?
#lock,face >code I see {few} failed tries. I can open it again after one question: what's your postcode?
#new >old For a {phone_kind} it's quick if you still have the old one. Do you?
#bankid>visit When did it expire, and do you live near {branch}?
#sms>sms Texts to that number come back. Is it a new SIM, or has it changed?
#proxy>proxy Yes, with a power of attorney. Does {relative} have an account with us?
@customer
#old [The old one is broken|I still have it], the new one is the same make
#clock You were right, it was [four|six] minutes off
#ver The newest, I think
#code {street}, 3{card}
#visit Last month. {branch} is [fine|not far]
#sms New SIM since {weekday_past}
#proxy Yes, has been a customer for {years} years
#ver Not sure. How do I see that?
#clock,ver (annoyed) I'm not a technician. It worked yesterday
@fork
@way 5 #clock,code,old,ver,sms,proxy
  @agent
  #code,clock [It's open again|Unlocked]. Please try now.
  #old Then: open the app, choose New device, and have your passport ready for the camera.
  #ver,clock Settings, General, About. But first simply restart it, that helps more often than I like.
  #sms I've sent a fresh link to the number. Please confirm it once, then codes work again.
  #proxy The form is in your app under Profile, Access. Both of you sign, and it works the same day.
  @customer
  [I'm in|Works], thanks
  [That was it|It did the trick]
  (annoyed) Works. Until next week I guess
  @end solved
@way 2 #ver
  @note .6
  {error} on old Android since the release, third customer today.
  @colleague
  Known, fix goes out tonight.
  @agent
  It's a fault of ours on some phones, I'm sorry. The fix comes tonight; until then the website works.
  @rest 10 22
  @agent
  The new version is out. Does it work for you?
  @customer
  [Updated|Yes], all fine now
  Still {error}. I'll use the website
  @end solved
@way 1 #visit
  @agent
  BankID we can only renew face to face. {branch} has time at {clock} on {weekday_next}, shall I book it?
  @customer
  Yes please
  That's {minutes} minutes by bus... fine
  @agent
  Booked. Passport, not driving licence.
  @end promised
@join

@story fee weight=5 team=payments label=fees heat=.45
>kind What is the fee of {fee} [on {date_past}|this month]?
>paper Why do I pay {fee} for [a card I never use|paper invoices|cash]?
>stud You promised no fees for [students|under 34|the first year] and I was charged {fee}
>rate Interest on my savings went down to {rate2}, [nobody told me|no letter]. // Was {rate}
>late I was charged {fee} [reminder fee|late fee] for a bill I paid on {date_past}
>loyal How do I avoid the yearly fee? I've been a customer for {years} years
>kind (annoyed) {fee} for WHAT? {years} years with you and every month something new
>kind (terse) What's {fee}?
@agent work=2
#kind >unused [It's for|That is] the {card_kind}, once a year. If you don't use it I can close it and return the fee.
#paper It's a paper fee. If you switch to e-invoice it goes away.
#stud I see, your student status ran out in the system on {date_old}. Do you still study?
#late Let me look at when the payment came in.
#rate The central bank went down and we followed. The notice was in the app on {date_old}. Would 31 days' notice suit you? That gives more.
#loyal With {years} years there's room. Let me see which programme you're in.
@customer
#unused [Close it|Cancel that card] please, I never use it
#stud Yes, until next summer. I can send proof
#late It came in on {date_past}, look
#paper E-invoice then. [And can I have|I'd like] the last one back
#rate [Yes|Ok], move it there please
#loyal [Good|Great], thank you
#kind,paper,rate,loyal (annoyed) So you take money and hope nobody asks
@agent
#unused,paper Done, {fee} are back on the account.
#stud [I've noted it|Status renewed], and returned {fee}.
#late You're right, it was in time. The fee is gone.
#loyal As you've been with us so long I've set you to the programme without fees.
#rate Moved. It starts tomorrow, at {rate}.
@end solved

@story new_account weight=4 team=payments label=fees heat=.1
>kid How do I open an account for [my newborn|my teenager|a sports club]?
>move I've moved here from {country}, what do I need for an account?
>shared Can I have a shared account with {relative}?
>save I'd like a savings account with more than {rate2}. What do you have?
>death My [grandmother|aunt] died, what happens to her account? // {branch}
>firm We start a small company, [two|three] people. What does an account cost?
>kid (chatty) Just had a baby (!!) and I'm already thinking of her first million. // How do I open an account for her?
>kid (terse) Open account for child?
@agent
#kid,shared In the app: Accounts, New. Both parents sign with BankID, that's all.
#move,firm You need a passport, proof of address and a national or D number. Shall I book a time in {branch}?
#death I'm sorry for your loss. Please send us the certificate of probate; until then we keep everything as it is.
#save The best now is {rate} with 31 days' notice, or {rate2} without.
@customer
#kid,shared,save >fee [Great|Good], is there a fee?
#move,firm >time A time in {branch} please, [afternoon|morning]
#kid,shared >long How long does it take?
#save >done The {rate} one sounds good
#death>long Thank you. How long [does that take|do we have]?
@agent
#fee No fee at all below 18, and none for clubs in the first year.
#time {weekday_next}, {clock}, with Kari. Bring the originals.
#kid,shared Two days, then the card follows by post.
#death As long as you need. Somebody from {branch} calls you this week.
#done Opened. You can move money there in the app already.
@end solved
"""
