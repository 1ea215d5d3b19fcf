# ruff: noqa: E501 - a phrase is one line
"""Wrong numbers, sales pitches, job seekers, data requests: what reaches every desk."""

ANYWHERE = """
@story wrong_number bare weight=1.6 heat=0
Hi [mum|dad|love|sis], are you [coming|home] for dinner? {clock} as always
[Is this|Am I talking to] the [pizza place|hairdresser|dentist]? I'd like [a table for {few}|an appointment on {weekday_next}]
Hey it's [me|your neighbour], I left the keys under the pot. Back {weekday_next}
The plumber here, I'm at {street}, nobody opens
Running {minutes} minutes late, start without me!
Can you bring milk [and eggs|and something sweet]? // And call {full_name2} back
{full_name2} asked me to text you the address: {street}
@fork
@way 3
  @agent chance=1
  I think this was meant for somebody else: you've reached {company}.
  Wrong number, I'm afraid, this is {company}. No harm done.
  @customer
  Oh! Sorry, [one digit off|wrong chat]
  Oops. Have a nice day
  Haha sorry!
  @end nothing
@way 2
  @note .5
  Wrong number.
  Not for us, closing.
  @end nothing
@join

@story pitch bare weight=1.8 heat=0
We are a [leading|top] supplier of [office chairs|web traffic|LED lamps|packaging]. May I speak to purchasing? {email2}
Dear sir/madam, your website is not on page one. I can [change|fix] that for {small_amount} a month
Earn {amount} a day from home!!! [Ask me how|Reply YES]
Hello, I'm {full_name2} from a [recruiting|translation|cleaning] company, who decides about such things at {company}?
Your domain will expire, [pay|renew] {small_amount} here
[Double|Triple] your money in {few} weeks, no risk, {full_name2} did it too
Good day, I offer [bulk SMS|solar panels|guest posts], first {tens} free
@fork
@way 5
  @note .3
  Spam.
  Sales pitch, no reply.
  @end nothing
@way 1
  @agent
  Thank you, but we're not looking for this. Please take this number off your list.
  This is the customer desk, I can't pass on offers.
  @end nothing
@join

@story job weight=1.2 heat=0
>hire Are you hiring? I [worked {few} years in a call centre|speak {few} languages]
>hire Whom do I send my CV to? [I'd love to work at {company}|I saw the advert], {full_name}
>app I applied for the job on {date_old} and heard nothing. {full_name}, {email}
>intern My [daughter|son] is looking for an internship in [spring|summer|autumn]. Is that possible with you?
>hire (chatty) You've always been so nice on this chat that I'd like to sit on your side of it! // How does one apply?
>hire (terse) Job?
@agent
#hire Lovely that you ask. All openings are on jobs.{domain}; please apply there, with {full_name} in the subject.
#app I've asked our people team about your application. They answer by {weekday_next}.
#intern Internships are decided in [March|September]. A short letter to people@{domain} is enough.
@customer chance=.7
[Thank you|Thanks], will do
[Great|Ok], fingers crossed
@end solved

@story my_data weight=1 heat=.2
>del Please delete all [data|details] you have about me. {full_name}, {email}
>copy I'd like a copy of my data. [How|Where do I ask]? {email}
>del How did you get my number {phone}? I never gave it
>off Please take me off the [newsletter|text messages|offers]. {email}
>chg New [phone number|e-mail]: please change it to {email}
>chg Please change my [address|last name]: {street}, from {date_next}
>off (annoyed) Stop sending me offers at {clock}! {phone}
>off (terse) Unsubscribe {email}
@agent
#del,copy Of course. For that I must know it's you: could you write from {email} or tell me the date of your last contact with us?
#off Done, you won't get any more. It can take a day for the last ones.
#del,copy I've opened the request, {case}. By law it takes up to a month, usually a week.
#chg Changed. The confirmation is in {email}.
@customer chance=.7
[Ok|Thank you]
#off The last one was on {date_past}
Thanks, that was easy
@end solved

@story a_person weight=.8 heat=.4
>real Is this a [robot|bot] or a person? {full_name} here, number {phone}
>real I just want to talk to a human. {phone}
>call Can someone call me [back|]? {phone}, [after {clock}|before {clock}|any time]
>call Do you have a phone number where somebody answers? I'm {full_name}
>call (annoyed) NO BOTS please. Call me, {phone}
>call (chatty) If you're a robot, beep twice. // If not, could you ring me at {clock}? {phone}
@agent
#real A person, with cold coffee. What can I do for you?
#call,real I'm real. I can ring you at {clock2} on {phone}, is that alright?
#real,call >about No bots here. What's it about, so that the right person calls?
@customer
#call Oh good. {clock2} is fine
#about,real Ha, ok. It's about {case}, from {date_past}
#about,real It's private, just call
@note .4
#call Called {phone}, sorted on the phone.
#call No answer at {clock2}, trying again tomorrow.
@agent work=6
#call Thank you for the talk just now. I've noted what we agreed.
#call I tried twice and got the voicemail; write when it suits.
#real Understood. I've written it into your file, so nobody asks again.
@end solved

@story thanks_only weight=1.2 heat=0
Thanks for [yesterday|last week], all [sorted|solved] now
It worked out in the end[, thank you|]. // You can close {case}
Just a [quick|short] note: [you were right|that did the trick]. Thanks
Please pass on my thanks to your colleague, {case}
(chatty) I never write these, but the lady who helped me on {date_past} deserves a raise
(terse) Solved, thx
@fork
@way 2
  @agent
  [Good to hear|How nice of you to write]. All the best!
  Thank you for letting us know.
  @end solved
@way 1
  @end nothing
@join
"""
