"""English courtesies: the small change most conversations are paid in."""

from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.reader import lines

ENGLISH = Courtesies(
    greetings=lines("""
        Hi
        Hello
        Hi there
        {good_day}
        Hello {company}
        Hi team
        Hey
        Hiya
        Hello [all|everyone]
        (hurried) Hi, quick [one|question]
        (hurried) Quick question
        (hurried) Hi, [in a rush|short on time here]
        (annoyed) Hello??
        (annoyed) Is anybody [there|reading this]?
        (annoyed) Right
        (annoyed) Hi, me again
        (chatty) Hi there, hope you're all [well|having a good week]
        (chatty) Hello lovely people
        (chatty) {good_day}, [hope it's not too busy|hope you're keeping well] over there
        (chatty) Hey hey, [it's me again|long time customer here]
        (terse) Hi
        (terse) Hey
    """),
    closings=lines("""
        Thanks
        Thank you
        Thanks in advance
        [Many|Much] thanks, {name}
        Cheers
        Could you [help|have a look]?
        Can you [help|check|advise]?
        What [should|do] I do now?
        Appreciate [any help|your help]
        {name}
        Regards, {full_name}
        Let me know what you need from me
        (hurried) Need this [today|before {clock}|in the next hour] if [at all|] possible
        (hurried) [Boarding a train|About to go into a meeting] so [pls|please] be quick
        (hurried) Asap please
        (annoyed) [Please|] sort this out [today|now]
        (annoyed) This is [not good enough|getting ridiculous|really poor]
        (annoyed) I expect an answer today
        (annoyed) [Third|Second] time I'm [writing|asking] about this
        (annoyed) What exactly am I paying for?
        (annoyed) I've been on hold for {minutes} minutes already
        (chatty) No [great|huge] rush, whenever somebody has a minute
        (chatty) You were [so|very] helpful last time, so fingers crossed
        (chatty) Sorry for the [long message|essay], I tend to ramble
        (chatty) [And have a lovely day|Hope that makes sense]!
        (terse) Pls advise
        (terse) Thx
    """),
    thanks=lines("""
        Thank you[ so much| very much|]
        Thanks[ a lot| so much| for your help| for sorting that|]
        [Great|Perfect|Brilliant|Lovely], thank you
        [Perfect|Excellent|Super], that's [all I needed|everything]
        That's [great|perfect|really helpful], thanks {agent}
        [Wonderful|Amazing], thanks for the quick reply
        Got it, thank you
        All good now, thanks
        Ok thank you, [have a nice day|bye|take care]
        [Works|Sorted], cheers
        I appreciate [it|the help], {agent}
        (hurried) [Great|Ok] thx, gotta run
        (hurried) Perfect, [thanks|cheers], bye
        (annoyed) Ok. Thanks for [finally|actually] sorting it
        (annoyed) Fine. That took long enough but thank you
        (annoyed) Ok good. [You were helpful at least|At least somebody answers here]
        (chatty) Oh you are a star, {agent}! [Made my day|Thank you thank you]
        (chatty) Thank you {agent}, I'll tell {relative} there are still helpful people around
        (chatty) Honestly the nicest chat I've had with a {trade} [in years|this year], thank you!
        (terse) Thx
        (terse) Ok
        (terse) Great
        (terse) [Ty|Cheers]
    """),
    grudging=lines("""
        Ok. [Not what I hoped for|Disappointing] but thanks for [the answer|explaining]
        Hmm, ok. I'll [think about it|see what I do]
        [Alright|Fine] then
        That's a pity. Thanks anyway
        I don't agree, but [ok|I hear you|thanks for being clear]
        Shame. [Thanks for trying|Thank you all the same]
        (annoyed) [Unbelievable|Ridiculous]. I'll be [telling people|taking my business elsewhere]
        (annoyed) That is no answer. I want to [make a complaint|speak to a manager]
        (annoyed) So basically you won't help. [Noted|Great]
        (annoyed) [Last|First and last] time I use {company}
        (chatty) Oh well, you can't win them all. Thanks for being kind about it, {agent}
        (terse) Ok
        (terse) Great. Not
    """),
    nudges=lines("""
        Any [news|update]?
        Hello?
        Is [anyone|somebody] there?
        [Just|] checking [in on this|whether you saw my message]
        Still waiting [for an answer|here]
        Sorry to chase, any [progress|luck]?
        Did you [see|get] my message?
        (annoyed) ???
        (annoyed) [Hello?? Still waiting|How long does this take?]
        (annoyed) {minutes} minutes and nothing
        (chatty) Sorry, me again, I know you must be busy
        (terse) ?
        (terse) Update?
    """),
    hellos=lines("""
        Hi {name}, {agent} here.
        Hello {name}, this is {agent}.
        Hi {name}!
        Hello {name}, thanks for [writing|your message|getting in touch].
        (warm) Hi {name}, this is {agent}. [I'm sorry you have to chase this|Happy to help].
        (warm) Hello {name}, thank you for [telling us|letting us know].
        (warm) Hi {name}, [let me see what I can do|let's get this sorted together].
        (brisk) Hi {name}.
        (brisk) Hi, {agent} here.
        (brisk) Hello.
        (formal) Good day, {name}. My name is {agent}.
        (formal) Dear {name}, thank you for contacting {company}.
        (formal) Hello {name}. You are speaking with {agent} [from|at] {company}.
        (cheerful) Hey {name}! {agent} here 👋
        (cheerful) Hi {name}, [great to hear from you|nice to meet you]! I'm {agent}.
        (cheerful) Hiya {name}! {agent} on the desk today.
        (careful) Hello {name}, {agent} here. I have read your message [twice|carefully].
        (careful) Hi {name}, [let me make sure I understand|I'd like to get this right].
    """),
    sorry_for_the_wait=lines("""
        Sorry for the wait.
        Apologies for the [slow|late] reply.
        Thanks for [your patience|bearing with us].
        (warm) I'm really sorry you waited so long.
        (brisk) Sorry, busy [day|one today].
        (brisk) Sorry for the wait.
        (brisk) Bit of a queue today.
        (formal) Please accept our apologies for the delay.
        (cheerful) Sorry for the wait, it's been a [day|busy one]!
        (careful) Sorry this took a while, I wanted to be sure.
    """),
    acknowledgements=lines("""
        Thanks[, {name}|].
        Thank you.
        Got it.
        (warm) Thank you, {name}[, that helps|].
        (warm) That's [great|really helpful], thanks.
        (brisk) Ok.
        (brisk) Right.
        (formal) Thank you for the information.
        (formal) Noted, thank you.
        (cheerful) Perfect, thanks!
        (cheerful) [Super|Brilliant], thank you!
        (careful) Thank you, I have [noted|written down] that.
        (careful) Understood.
    """),
    anything_else=lines("""
        Is there anything else I can [do|help with]?
        Anything else [for now|today]?
        Does that [help|answer it]?
        (warm) Is there anything else on your mind?
        (brisk) Anything else?
        (formal) May I help you with anything further?
        (cheerful) Anything else I can do to make your [day|week] better?
        (careful) Have I answered everything?
    """),
    welcomes=lines("""
        You're welcome, {name}.
        You're welcome. Have a [good|nice] [day|one].
        Glad [I could help|that's sorted].
        Happy to help.
        (warm) You're very welcome, {name}. Take care.
        (warm) It was a pleasure, {name}. [Write any time|We're here if you need us].
        (brisk) No problem.
        (brisk) Sure. Closing this one.
        (formal) You are most welcome. We wish you a pleasant day.
        (formal) It was my pleasure. Goodbye, {name}.
        (cheerful) Any time! 😊
        (cheerful) You're welcome, {name}! Have a [great|lovely] [day|week]!
        (careful) You're welcome. I'll close this now; a reply opens it again.
    """),
    signatures=lines("""
        {agent}
        {agent}, {company}
        (formal) Kind regards, {agent}
        (formal) {agent}, {company} customer care
        (careful) Best, {agent}
    """),
    takes_over=lines("""
        Hi {name}, {agent} here, I'm taking over from {colleague}[, who is off shift|].
        {agent} here, {colleague} has gone home so I'm picking this up.
        (warm) Hello {name}, I'm {agent}. {colleague} told me everything, so no need to repeat it.
        (brisk) {agent} here, taking over.
        (formal) Good day {name}, this is {agent}, a colleague of {colleague}.
        (cheerful) Hey {name}, {agent} jumping in for {colleague}!
        (careful) Hi {name}, {agent} here. I have read what you and {colleague} wrote.
    """),
    more=lines("""
        >written Hi again, [one more thing|a follow-up]. [Do I get this in writing|Will I get an e-mail]?
        >nothing Sorry to reopen this but [nothing has happened yet|I still have the same problem]
        >relapse Back again. It [was fine for a day|worked once] and now [it's|we're] back to square one
        >long Hi {agent}, are you there? I forgot to ask [how long this usually takes|who I call if not]
        >apply [Quick|Small] question about what you told me: does that [also|still] apply [next|this] month?
        >nothing (annoyed) You closed this but [it is not solved|nobody did anything]
        >nothing (annoyed) Why was this closed? I'm still waiting
        >apply (chatty) Me again! You said I could just write back, so: does that still hold next month?
        >relapse (terse) Still not [fixed|done|working]
    """),
    more_answers=lines("""
        #nothing,relapse Welcome back. I've reopened it and [checked|looked] again: it's in hand, and
        + [a confirmation follows by e-mail|you will hear from us by {weekday_next}].
        #nothing Sorry about that. I've [chased|nudged] the people responsible and set myself a reminder for
        + tomorrow.
        #apply [Good question.|] Yes, that's right, and it stays that way[ unless we write to you|].
        #written Yes, you get it by e-mail, {email}. [It's on its way|I've just sent it].
        #long Usually {few} days. If it takes longer, write here and [I'll|we'll] chase it.
        #relapse That should not have happened. I've done it again and [watched it go through|checked twice].
    """),
    comments={
        1: lines("""
            Waited [far too long|for ages] for a non-answer
            Nobody read what I wrote
            [Still not solved|Problem still there]
            [Copy and paste|Canned] answers, no help
            Had to explain everything [twice|three times]
            Closed without fixing anything
            Terrible
        """),
        2: lines("""
            Friendly but [could not help|no solution]
            Too slow
            It should not take [a week|four days|this many messages]
            Had to chase [several times|twice]
            Policy is policy I suppose
            Not really solved
        """),
        3: lines("""
            Ok in the end
            Got there eventually
            Took a while, [but fine|answer was clear]
            Average
            [Helpful person, slow process|Polite, but slow]
            Would have liked a phone call
        """),
        4: lines("""
            Good help, [a bit slow|just a short wait]
            #swift Quick answer
            Clear answer
            {agent} was helpful
            Solved, thanks
            Nice and easy, could be faster
            Good
        """),
        5: lines("""
            {agent} was [brilliant|fantastic|so kind|great]
            #swift Fast and friendly
            Friendly and clear
            #swift Solved in [minutes|no time]
            [Best|Easiest] support I've had [in a long time|this year]
            Really appreciated the human touch
            Excellent service[, thank you|]
            Didn't expect it to be this easy
            Thank you {agent}!
            👍
            ⭐⭐⭐⭐⭐
        """),
    },
)
