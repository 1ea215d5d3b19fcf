# ruff: noqa: E501 - a phrase is one line
"""Bugs, questions of use, wishes, imports."""

PRODUCT = """
@story bug weight=11 team=support label=bug heat=.35
>white [Since the update|Since {version}|Since yesterday] {module} [won't load|shows a blank page|hangs]. // {browser}
>err I get error {error} when I [save an invoice|open {report}|add a client]. // {browser}
>sum {invoice} shows the wrong total, it's off by {cents}
>pdf The PDF of {invoice} [comes out blank|is cut off at the right|has the old logo]
>date Dates in {module} are a day early [for me|in {report}]. I'm in {zone}
>dup Saved {invoice} twice and now there are two of them, numbered the same
>find Search in {module} doesn't find {client}[ any more|]
>slow {module} is very slow since {weekday_past}, {minutes} seconds to open a page
>sum The totals in {report} and {module} don't agree, {amount} difference
>mail Emails with invoices don't reach {client}, no error shown. {invoice}
>del I deleted {invoice} by mistake, [can you bring it back|is it gone for good]?
>err Logo upload fails with {error}[, {format} and png|]
>err (annoyed) {error} again. Every month end. {module}. How is this not tested?
>white (annoyed) I have to send {few} invoices today and {module} is white. {browser}
>pdf (hurried) {client} waits for {invoice} and the PDF is broken, can you send it from your side?
>white (chatty) I'm not a technical person, my nephew says "clear the cache", I cleared everything but {module} still hangs. // {browser}
>err (terse) {error} in {module}
@agent
#white,slow,find >priv Thanks for the report. Does it also happen in a private window?
#white,err,pdf,sum,date >shot [That's not right.|] Could you send a screenshot with the address bar?
#white,find,date,slow,sum >plan Which plan are you on, and when did it last work?
#err >steps I can see {error} in our log, at {clock}. What did you press just before?
#err,white,pdf >steps (brisk) Steps, browser, time? Then I can find it.
#del It may still be in the bin. When did you delete it, roughly?
#mail I can see it leave us. Is {client} perhaps behind a strict filter? An address there would help.
#dup Two with one number must not happen. Did you press Save twice, or were there two windows?
@customer file=screenshot.png
#priv Same in a private window. Screenshot attached
#plan,steps {browser}, version is the newest. At {clock}
#steps I pressed Save, then back, then Save again
#plan It worked [last week|until {weekday_past}]. We have {plan}
#shot,steps (annoyed) I'm not your tester. Screenshot attached
#shot (terse) Attached
#shot Screenshot attached[, it was at {clock}|]
#del About an hour ago, {clock}
#mail It's accounts@{clientdomain}, others get through
#dup Two windows, [I think|maybe]
@note .5
#sum,err,pdf Reproduced on staging with two currencies. Ticket {ticket}.
#white,slow,find Can't reproduce, maybe the ad blocker. Log shows {error} from the proxy.
#sum,date Regression from {version}, rounding before the sum.
#mail Their server says 550, our address is on somebody's list.
@colleague
Mine, fix is in review.
Rolled back on their shard.
Known, goes out tonight.
@fork
@way 4 #sum,err,pdf,date,dup,find,slow,mail
  @agent work=6
  #sum,err,pdf Found it: a fault in {version} when a client has two currencies. The fix goes out [tonight|in an hour].
  #err,pdf,date,find,slow Our engineers have reproduced it. You'll have the fix by {weekday_next}; until then {browser2} works.
  #dup,sum,date I've repaired your record by hand, please reload. The cause is fixed in the next version.
  #mail Their filter didn't know us. I've had our address taken off the list and sent the three again.
  @rest 4 40
  @agent chance=.7
  >live The fix is live. Could you try again?
  @customer
  [Works|Fixed], thanks
  #live [Yes|Great], all good now
  Still there, after reloading twice
  @end solved
@way 3 #white,del,slow,find
  @agent
  #white It's the ad blocker: it thinks our {module} page is an advert. Please allow app.tidemark.example.
  #white,slow,find Please press Ctrl and Shift and R once. Your browser kept half of the old version.
  #del It's in the bin, 30 days: Settings, Deleted. I've put it back.
  @customer
  #white,slow,find [That was it|That did it]! [Embarrassing|Thanks]
  Wow, ok. Works
  @end solved
@way 2 #err,pdf,white,slow,date,find,sum
  @agent work=3
  I've passed it to engineering with your screenshot, ticket {ticket}. I'll write on {weekday_next}, fixed or not.
  @customer
  Ok, thanks
  And until then? I need {module}
  (annoyed) {weekday_next}...
  @end promised
@join
@back
>back It's back: {error}
>side Now {module} works but {report} is empty
@again
#back I've reopened {ticket} and told them it's not gone. I have a workaround: export, then open in {format}.
#side Thanks, that's a side effect. Rolled back on your account.

@story how_to weight=9 team=support label=how-to heat=.05
>rec How do I [make|set up] a recurring invoice for {client}?
>cur Can I invoice in [euro|yen|pounds] and keep the books in dollars?
>where Where did [{module}|{report}] go in {version}?
>guest How do I give my accountant access [without paying for a seat|only to {report}]?
>num How can I change the number of the next invoice? [It should be|To] {invoice}
>part How do I mark {invoice} as partly paid? {client} sent {amount}
>logo Can I have two logos, one per [brand|project]?
>close How do I close the year? [First time|Never done it]
>off How do I write off {invoice}, {client} is bankrupt
>lock Is there a way to lock a month?
>exp How do I export everything as {format}?
>addr Can I send {invoice} from my own address instead of yours?
>hide (hurried) In a meeting with {client}: how do I show {report} without the amounts?
>split (chatty) I run a two person studio and I'm the one who "does the computer". // How do I split {invoice} between two projects?
>part (terse) Partial payment {invoice}?
@agent
#rec Sure: open {module}, the three dots, then Repeat. Shall I walk you through it?
#cur Yes: Settings, Currencies, and choose it on the client. The rate comes from the day of the invoice.
#guest Under People you can add a guest, that costs nothing.
#where It moved: now it's under Money, second tab. [You're not the first to ask|We're making that clearer].
#close,off It depends: is it a cash or an accrual account?
#num,addr,logo Settings, Documents: there are fields for the number, the sender and a logo for each brand. Do you see them?
#part Open it, Payments, Add, and type the amount; the rest stays open. Which plan are you on?
#lock Settings, Months, the small padlock. Only owners see it. Are you one?
#exp Settings, Your data, then choose the format. Big ones come by e-mail. Shall I start it for you?
#hide Top right, View as client. It hides all amounts. Do you see the eye?
#split Mark the line, the three dots, then Split. You can give percent or hours. Does that do?
@customer
#rec,cur,where,guest,num,addr,logo,lock,hide,split [Found it|Got it], thanks
#cur,num,rec >old And does that change the old ones?
#rec,split >dots I don't see the three dots[. I'm on {browser}|]
#close,off >acc Accrual, I think
#part,exp [Studio|Practice]. [And yes|Yes please]
@agent
#old No, only new ones from today.
#dots On the phone they hide behind the client's name. Tap it long.
#close Then: Close month, confirm, and the lock appears.
#off Then write it off under More, Bad debt; the tax comes back by itself.
#rec,cur,where,guest,num,addr,logo,part,exp,hide,split,off,lock I've written the steps with pictures, it's in {email}.
@customer chance=.6
Perfect
#rec,cur,where,guest,num,addr,logo,hide,split,lock,close Ah, there. [Thank you|Thanks]
@end solved

@story importing weight=6 team=integrations label=import heat=.25
>begin I'm moving from {old_tool}, how do I get {rows} rows in?
>stop Import of my {format} stops at row {rows}. // {error}
>chars The import turned all [umlauts|accents|dates] into nonsense
>twice Everything was imported twice, {rows} rows. [Can you undo it|How do I undo that]?
>begin Which columns does the client import need? I have a {format}
>stop The opening balance is off by {amount} after the import
>stop (annoyed) {rows} rows, {few} tries, each time {error} at the end
>stop (hurried) Accountant comes at {clock}, import hangs at 90 percent
>begin (chatty) {few} shoe boxes of receipts and one brave woman. // Where do I begin?
>stop (terse) {format} import {error}
@agent
#stop,begin Could you send me the first ten lines of the file? Change the names if you like.
#twice I can roll it back to {clock}. Has anybody changed something since?
#chars The file must be UTF-8; the button is hidden in Save as. What does it say now?
@customer file=sample.csv
#stop,begin Here they are
#twice Nobody touched it
#chars It says Western, [whatever that is|I think]
@note .3
Semicolons instead of commas. And a total line at the end.
@agent work=5
#stop Your last line is a total, that's what it trips over. I've cleaned the file, it's in {email}.
#twice Rolled back. Try again with Skip duplicates ticked.
#begin,stop I've done it for you: {rows} rows in, {few} left over that need your eye.
#chars I've turned it into UTF-8 for you and imported it again. Do the names look right?
@customer
#stop,begin,twice [Wow|Amazing], thank you
#stop,begin,twice All in! [Totals agree|Balance is right]
#begin,stop {few} I can do by hand, thanks
#chars All names fine now, thanks
@end solved

@story wish weight=5 team=support label=idea heat=.1
>is Is there {wish}? I can't find it
>want Could you please add {wish}? [We need it every week|{client} asks for it]
>is Any plans for {wish}? We're on {plan}
>want I'd pay extra for {wish}
>want {wish} would save me [an hour|half a day] every month
>again (annoyed) I asked for {wish} in {date_old}. Still nothing?
>want (chatty) You know what would be lovely? // {wish}. Just saying
>is (terse) {wish}?
@agent
#is,want >use Not yet. May I ask how you'd use it? It helps me argue for it.
#is,want >near There's something close: [saved views|a template|the API]. Would that do for now?
#is,again,want >plan It's planned for the [spring|summer|autumn]. I've put your voice on it, number {tens}.
@customer
#use We [send|make] about {seats} of them a month by hand
#near Something close would be ok for now
#plan [Great|Good to hear], happy to test
@agent
#use Thank you, I've written that down word for word.
#plan You're on the list for the early version.
#near Here's how: Views, Save, pin it. [Not perfect|Half of what you want], I know.
@end solved

@story down weight=5 team=support label=outage heat=.5 priority=urgent
>down Is Tidemark down? [502|White page|Login doesn't load] since {clock}
>down Can't log in, it says {error}. All {seats} of us
>down The app says "maintenance" [in the middle of my day|at {clock} on a {weekday_past}]?
>down Everything is very slow [right now|since {clock}], is it you or us?
>down Payments page of the client portal is down, {client} tried to pay {invoice}
>down (annoyed) Down again? {seats} people sitting here. What do we get for that?
>pres (hurried) Down?? I present {report} to {client} in {minutes} minutes
>down (chatty) Either Tidemark is down or my router has finally died. // Tell me it's you
>down (terse) Down?
@agent
#down It's us, I'm sorry. We're on it since {clock}; status.tidemark.example has the news.
#down Yes: the database in your region is being moved to its twin. We expect ten minutes.
#pres Sorry. If you need a document right now, tell me which one, I can still reach the copies.
@customer
#down [Ok|Thanks], I'll wait
#pres {invoice} as a PDF please
#down How long?
#down (annoyed) "We're on it" since when
@rest 0.3 2 snoozed=.2
@agent
It's back. All data is there, nothing was lost. Could you check?
Recovered at {clock2}. You'll get an honest report tomorrow.
@customer
[Back|Works], thanks
In again. Thank you for being straight
A bit slow but ok
@agent chance=.4
#down The day is credited on your next bill.
@end solved
"""
