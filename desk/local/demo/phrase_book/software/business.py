# ruff: noqa: E501 - a phrase is one line
"""Banks and the API, our own invoices, sign-in, leaving."""

BUSINESS = """
@story bank_feed weight=8 team=integrations label=integration heat=.4
>stop My bank feed from {bank} [stopped|hasn't updated] on {date_past}
>again {bank} asks me to connect again every [day|week]. [Is that normal|Why]?
>gap {few} transactions from {bank} are missing, between {date_past} and today
>dup All payments from {bank} came twice
>which Which banks do you support? [Mine is|I'm with] {bank}
>wrong I connected {bank} and it shows the wrong account
>late Card payments show a day late and {report} is wrong. {bank}
>stop (annoyed) {bank} feed dead for the {few}th time this year
>stop (hurried) Need the feed from {bank} before the filing at {clock}
>stop (chatty) {bank} changed its website, and since then my coffee budget is a mystery
>stop (terse) {bank} feed down?
@agent
#stop,again >rec {bank} changed its sign-in on {date_past}. Please go to Banks, Reconnect, and choose the second entry. Does it let you?
#stop,again >pw Let me look at the last sync. When did you last change your password there?
#gap,late >pend I see the gap. Were these pending at the time?
#dup I see the pairs. Did you reconnect on {date_past}?
#which It's on the list since spring. Personal and business accounts both work. Which do you have?
#wrong Please open Banks, the gear, Choose accounts. Is the right one in the list?
@customer
#rec Reconnected, it says {error}
#rec [It let me|Done], now it's counting
#pw I changed the password on {date_past}, yes
#pend Pending, maybe. Weekend
#dup Yes, after the password change
#which Business
#wrong It is. [Ticked|Chosen] now
@note .35
#stop,again Aggregator has an incident for {bank}, {ticket}.
#dup Duplicates have different ids, bank resent the batch.
@fork
@way 4 #stop,again,gap,late,dup
  @agent work=3
  #stop,gap,again,late I've fetched the missing days again. [They're in|You should see {rows} lines].
  #dup The doubles are gone; I've told the feed to recognise them.
  @customer
  [Everything there|All there], thank you
  Balance agrees to the cent!
  @end solved
@way 2 #stop,again
  @agent
  It's a fault at the provider, for all {bank} customers. Until it's fixed you can upload a {format} from the bank.
  @rest 20 70
  @agent
  {bank} is back. The days between are filled in.
  @customer chance=.7
  Seen it, thanks
  Great. I'd uploaded two days by hand, are they double?
  @end solved
  @way 3 #which,wrong
    @agent
    Then you're set: the last 90 days come in within the hour.
    @customer chance=.7
    [They're in|I see them], thank you
    @end solved
@join

@story api weight=5 team=integrations label=integration heat=.2
>err I get {status} from {endpoint} since {weekday_past}. // Key ends in {key_end}
>rate What's the rate limit of {endpoint}?
>hook Webhook for paid invoices isn't sent [any more|to our server]. Last one at {clock}
>doc Does {endpoint} support filtering by date? The docs say yes, I get {status}
>doc How do I get a test account for the API?
>doc How do we verify the signature of your webhooks? [Python|Go|PHP] here
>change {endpoint} returns amounts as text since {version}. Is that intended?
>change (annoyed) You changed {endpoint} without notice. {status}. In production
>err (hurried) Go-live at {clock} and {endpoint} answers {status}
>err (terse) {status} {endpoint}
@agent
#err,change Could you send a request id? It's in the header.
#rate 100 a minute and key; the header says how many are left. What are you building?
#hook Your endpoint answered with a redirect, we don't follow those. Is there a new address?
#doc The reference has an example, and I can give you a test account with made-up data. To which address?
@customer
#err,change req_{key_end}{ticket}
#hook Ah. We [moved|went] to https with www. That's it
#rate We sync {client} every hour, {rows} records
#doc To {email} please
@note .3
#err Their key is from before scopes, needs payments:read.
@agent work=4
#err The key lacks a scope since {version}. Make a new one with payments:read.
#hook I've sent the failed ones again, all {tens} of them.
#change,err It was a mistake of ours and is rolled back; the change log will say so.
#rate I've raised you to 300 a minute.
#doc Test account is in {email}, with a sample in your language.
@customer
[Green|All green], thanks
Works. [A line in the docs would help|Thank you]
@end solved

@story our_bill weight=7 team=billing label=invoice heat=.3
>inv I need an invoice for {date_past} with our [VAT number|company name], {own_invoice}
>charge Why was I charged {amount}? We have {seats} seats. // {own_invoice}
>card Please change our card, the page says {error}
>seats We hired people, I need {seats2} seats instead of {seats}. What does it cost?
>year Can we pay by [bank transfer|year] instead of monthly?
>down I downgraded to {plan} on {date_old} and still pay for {plan2}
>np Do you have a discount for [non-profits|schools|start-ups]?
>free {colleague_name} left, how do I free the seat?
>trial Our trial ends on {date_soon}, [can we have a week more|what happens to the data]?
>charge (annoyed) {amount} for {seats} seats of which {few} log in. And no warning before renewal
>pdf (hurried) Finance closes at {clock}, need {own_invoice} as a PDF now
>pdf (chatty) My boss asked "what is this Tidemark" and I said "the thing that makes your numbers right". // He still wants the invoice {own_invoice}
>pdf (terse) Invoice {own_invoice}
@agent
#inv Sure. Which address and number should be on it?
#charge I see {seats2} seats since {date_past}, {colleague_name} added some. Shall I take them off?
#year For the year it's two months free, that makes {amount2}. Transfer is fine.
#np Non-profits get 40 %. Please send a registration paper.
#seats That's {amount2} a month, and only the days are charged. Shall I change it?
#down The downgrade was set for the end of the term, that's why. Shall I bring it forward?
#card Banks ask for a second confirmation now. Did a window from your bank open?
#free Under People, the three dots, Remove; the papers stay. Shall I do it?
#trial The data stays for 90 days, nothing is lost. Would a week more help?
#pdf Here it comes. Is {email} right?
@customer file=registration.pdf
#inv {street}, and the number US-{key_end}
#charge,seats,down,free Yes, take them off please
#year The year, by transfer
#np Attached, we're {nonprofit}
#card No window, [the blocker maybe|nothing opened]
#trial That would help, thanks
#pdf Yes, that one
@agent work=2
#inv New invoice is in {email}; the old one is cancelled.
#charge,free,down Taken off, and {small_amount} comes back on the card.
#seats Changed to {seats2} seats from today, you pay only the days.
#trial You have one more week. [Enjoy|Make the most of it].
#year Changed. The invoice with the bank details is in {email}.
#np Approved, from the next bill. [Good work you do|We like what you do].
#card I've opened a page without the blocker, link in {email}. That works for most.
#pdf Sent. Also under Settings, Bills, from now on.
@customer chance=.6
[Great|Perfect], thanks
Received
@end solved
@back
The new invoice still has the old address
@again
I see, the address sits in two places. Both corrected, new invoice sent.

@story sign_in weight=6 team=support label=how-to heat=.3
>mail I don't get the [reset|login] e-mail, {email}
>otp My authenticator app is gone with my old phone. [How do I get in|Locked out]
>owner {colleague_name} left and was the only owner of our account. [How do we get in|Who can change that]?
>sso Single sign-on sends us in a circle since {weekday_past}
>mail It says my e-mail is already used but I've never [registered|signed up]
>chmail How do I change my e-mail from {email}?
>who We got a login from {city2}, that's nobody of us
>mail (annoyed) Locked out on payday. {email}
>otp (hurried) New phone, no codes, {client} in {minutes} minutes
>chmail (chatty) I changed my name (married!) and now Tidemark doesn't know me any more
>mail (terse) Reset mail never comes
@agent
#owner,chmail,otp >last For safety: which are the last four digits of the card that pays?
#mail >refused The mail went out at {clock} and your server refused it. Is there another address?
#otp >codes Do you have the backup codes from the first day? A sheet with ten lines?
#sso Did the certificate on your side change that day? They run out silently.
#who I've signed out all devices just now. Does anybody use a VPN?
@customer
#last {phone_end}
#codes [Found them|Backup codes found]!
#codes No codes. I'm the owner, I can show ID
#refused Try {email2}
#sso It did! {colleague_name} renewed it
#who Oh. {colleague_name} has one, for travelling
@note .25
#owner Owner change needs two proofs. Domain record would do.
#who Login from {city2} is their own VPN.
@agent work=3
#otp,codes I've reset the second step. Sign in within the hour and set it up anew.
#mail Sent to the other address. [It arrived, our log says|Look in the junk too].
#owner You're owner now. I've removed the old one and signed out all devices.
#sso I've taken the new one from your address. Try once more?
#who It's that one, the times agree. All clear, but switch on the second step.
#chmail Changed. You'll confirm it from both addresses.
@customer
#otp,owner,sso,mail [In|I'm in], thank you
#otp,sso,mail Works again
#who,chmail [Good|Ok], thank you
@end solved

@story going weight=4 team=billing label=churn-risk heat=.45 priority=medium
>end We'd like to cancel {plan} at the end of the [month|term]. // {seats} seats
>data How do I export everything before we leave? [{format} if possible|All {rows} records]
>price Too expensive for us since the increase, {amount} a month for {seats} seats
>data We're [merging|closing the studio] on {date_next}, what about our data?
>wish We're looking at another tool because there is no {wish}. Last chance?
>wish (annoyed) Third outage, {error}, no {wish}. We're leaving
>end (chatty) It isn't you, it's us. We've grown out of {plan}
>end (terse) Cancel {plan}
@agent
#end,price I'm sorry to hear it. May I ask what tipped the scale?
#data,price Of course. Exports are under Settings, Your data; all of it, no fee. Before you go: would {plan2} at the old price help?
#wish Thank you for telling us why. {wish} is planned, but I won't promise a date.
@customer
#end,price >why The price, mainly
#wish >why {wish}. And the slow {module}
#data,end Just the decision of the new partner
#price,data >why The old price would help
@note .4
{seats} seats, four years. Give them the old price for a year.
@fork
@way 3 #why,price,wish
  @agent work=3
  I can keep you at the old price for a year, in writing.
  How about {plan} for half your seats, and guests for the rest? That's {amount2} a month.
  @customer
  That works, [we stay|thanks]
  Let me take that to [my partner|the team]
  @end solved
@way 2 #end,data,wish,price
  @agent
  Cancelled as of {date_next}. The export is ready in {email}; we keep a copy for 90 days in case.
  @customer
  Thank you, [that was painless|no hard feelings]
  Ok thanks
  @end refused
@join

@story security_form weight=2 team=support label=how-to heat=.05
>form Our [insurer|client] needs your security questionnaire filled in, {tens} questions. Who does that?
>where Where is our data [stored|backed up]? {client} asks
>dpa Do you have a data processing agreement? For {seats} seats
>form Are you audited? We need a report for {client} by {date_next}
>where (hurried) Audit at {clock}: where is our data stored, one line please
>form (chatty) I've been handed a security questionnaire by {client} and I understand one question in three
@agent
#form Most of it is answered on trust.tidemark.example; send me the rest and I'll do it.
#where In Oregon, encrypted, with a copy in Ohio. Does that answer it?
#dpa The agreement is ready to sign, I'll send it to {email}.
@customer file=questionnaire.xlsx
#form Attached, lines 12 to {seats2} are open
#where Perfect, that's what we need
#dpa To {email} please
@agent work=8
#form Filled in and back to you.
#dpa,form Sent. [Good luck with the audit|Tell me if they want more].
#where [Good luck|Glad it helps].
@end solved
"""
