# ruff: noqa: E501 - a phrase is one line
"""Mortgages, loans, and the wish for better terms."""

LENDING = """
@story mortgage_rate weight=7 team=lending label=loan heat=.3
>rate Can you do better than {rate}? [Another bank|My colleague's bank] offers {rate2}
>rate My mortgage rate went up to {rate}. [Why|What can I do]? // {loan} on {house}
>rate The central bank cut rates on {date_past}, when does mine go down? I'm at {rate}
>rate We have {loan} with you at {rate} and [the house is worth more now|pay on time for {years} years]. What rate could we get?
>rate Should I fix my rate? [It's|I have] {rate} floating
>extra I'd like to pay down {amount} extra on my loan, [how|does that cost anything]?
>pause Can we pause the repayments for [three|six] months? [I'm on parental leave|I was laid off|Renovating {house}]
>rate (annoyed) {years} years a customer and strangers in your advertising get {rate2}. I have {rate}
>rate (hurried) Offer from another bank at {rate2} runs out at {clock}. Match it?
>rate (terse) {rate2} possible?
@agent work=2
#rate >worth Let me look. What is the place worth today, roughly?
#rate >owe [Fair question.|] How much do you owe, and is it the only loan on the place?
#pause A pause of interest and repayments isn't possible, but of repayments alone yes. For how long?
#extra Extra payments are free on floating loans. Shall it shorten the time or lower the monthly sum?
@customer
#worth The valuation said {loan} [last year|in {date_old}]
#owe {loan}, and no other loans
#pause [Six|Three] months. The monthly sum is what hurts
#extra Shorten please
#worth,owe (annoyed) You have all my papers
@note .35
#rate LTV under 50, we can go to {rate2} by ourselves.
#pause,extra Paid on time for {years} years.
#rate Rival offer is a teaser for one year, tell them.
@colleague
#rate Agreed, go to {rate2}.
#rate Not below, margin is gone. Offer a free {card_kind} instead.
#pause,extra Fine, no note in the file against it.
@fork
@way 5 #rate,pause,extra
  @agent work=5
  #rate I can offer {rate2}, from the first of next month. You only need to sign in the app.
  #rate I've lowered it to {rate2}. On {loan} that's about {amount2} a year.
  #pause Done: six months without repayments, you pay interest only. The agreement waits in the app.
  #extra Done. With the extra {amount} the loan ends {few} years earlier.
  @customer
  [Signed|Done], thank you
  #rate [That's better|Good], where do I sign?
  #rate So asking helps. [Thanks|Thank you]!
  @end solved
@way 2 #rate
  @agent work=5
  I can't match {rate2}, to be honest: theirs is for one year only and then {rate}. I can do a little, 0.10 less.
  @customer
  I'll [think about it|talk to {relative}]
  Then I'll move the loan
  Ok, better than nothing
  @agent
  Of course. The offer stands until {date_next}.
  I'd be sorry to see you go. Read their small print on fees first.
  @end refused
@join
@back
It still says {rate} in the app
@again
The new rate shows from the next due date. I've attached the agreement.

@story loan_application weight=6 team=lending label=loan heat=.15
>buy We'd like to buy {house}, [asking price {loan}|for about {loan}]. How much can we borrow?
>open How long does an answer on my loan take? // Sent it on {date_past}, {case}
>papers Which papers do you need for a mortgage? [I'm self-employed|We're two|I just started a job]
>buy The bidding for {house} is on {weekday_next}, can I get the proof of financing before?
>refused My application {case} was refused by the system. [Why|Can a person look at it]?
>small Can I borrow {amount} for [a car|a new roof|a heat pump]?
>raise Can I raise my financing proof to {loan}? [We lost the last bidding|Prices are mad]
>raise (hurried) Bidding NOW at {house}, can I go {amount} higher?
>buy (chatty) We fell in love with {house}, it has an apple tree and a crooked floor. // Can the bank fall in love with {loan}?
>open (terse) Status {case}?
@agent work=2
#buy [Congratulations on finding it|Sounds lovely]. What do you earn together, and is there other debt?
#papers The last tax return, three payslips and a statement of other loans. You can upload them in the app.
#open >slip I see {case}: one payslip is missing. Could you send it?
#open,refused >change Somebody looks at it today. Have there been any changes in your income?
#small What do you earn a month, and do you have other loans?
#raise Let me see how far it goes. Any change in income since the first one?
@customer file=payslip.pdf
#buy,small [Together|We earn] about {loan2} a year, a student loan, no car
#slip,papers Here is the payslip
#change,raise I get [a permanent contract|my bonus] in {date_next}
#slip (annoyed) I've uploaded it twice already
#change,raise No change, [same job|still the same]
#papers How do I send them? [Photo is ok|As a photo]?
@note .3
Income fine, one default in 2021, paid. I'd go for it.
Needs 15 % equity; parents can stand surety.
@fork
@way 5 #buy,papers,raise,open,refused,small
  @agent work=8
  #buy,raise The proof is in your app: {loan}, good for three months. [Good luck|Fingers crossed]!
  #open,refused,papers It's approved. The adviser, Hedda, calls you on {weekday_next} at {clock} about the details.
  #small Yes, [approved|granted]: {amount}, {rate}, five years. Sign in the app and it's there tomorrow.
  @customer
  [Wow|Great], that was quick
  #buy,raise We got it!! The bid was accepted
  Thank you, signed
  @end solved
@way 2
  @agent work=6
  I'm sorry, it doesn't work with this income: it'd be more than five times. With {relative} as co-borrower it could.
  The answer is no for now[, I'm sorry|]. In six months, without the card debt, I'd look at it again.
  @customer
  #buy,raise,open,small,refused [That's a pity|We feared that]
  And if we find something cheaper?
  @agent
  Up to about {loan2} I see a way. I'll write you a short plan.
  I've put down what would have to change; it's in the app.
  @end refused
@join

@story leaving weight=2 team=lending label=complaint heat=.5 priority=medium
>close I want to close all my accounts. [Bad service|Better offer elsewhere]
>branch You're closing the branch in {branch}. {relative} can't use an app!
>formal I'd like to make a formal complaint about [my adviser|the wait on the phone|{fee}]
>close How do I move everything to another bank? {years} years are enough
>formal (annoyed) {minutes} minutes in the phone queue and then cut off. Where do I complain?
>close (chatty) I've been with you since I was confirmed in {years} and it hurts to write this, but I'm leaving
@agent
#close I'm sorry we've come to that. May I ask what was the last straw?
#formal A complaint gets a written answer within 15 days; I've opened {case} with your words.
#close Moving is easy, the other bank does it. Before that: what would we have to change?
#branch I understand. There's a van with a counter every Tuesday, and I can show {relative} the app by the hand. Would that help?
@customer
#formal,close [Nobody|Not one person] calls back. Ever
#close The fees, mostly. And the app
#close >go Just do it please
#branch A van? No. That's not the same
@agent
#close,formal,branch I'll call you myself [today|at {clock}], on {phone}. If you still want to go then, I'll do it on the spot.
#close,formal I've returned the fees of this year. It's late, I know.
#go Done, all is closed by {date_next}. Thank you for the years.
@fork
@way 1
  @customer after=3
  Thank you for the call. I'll stay [for now|and see]
  @end solved
@way 1
  @customer
  Too late [I'm afraid|]
  Ok
  @end refused
@join
"""
