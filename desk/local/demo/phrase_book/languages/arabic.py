"""Arabic: courtesies, and stories for the telecom company."""

from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.reader import lines

ARABIC = Courtesies(
    greetings=lines("""
        السلام عليكم
        السلام عليكم ورحمة الله
        مرحبا
        {good_day}
        هلا والله
        (annoyed) هل يوجد أحد؟
        (chatty) السلام عليكم، كيف حالكم جميعاً؟
        (hurried) مستعجل لو سمحتم
    """),
    closings=lines("""
        شكراً
        شكراً مقدماً
        الله يعطيكم العافية
        ما الحل؟
        أرجو الرد
        (annoyed) هذا غير مقبول
        (annoyed) أريد رداً اليوم
        (hurried) الموضوع عاجل
        (chatty) وفقكم الله 🌷
    """),
    thanks=lines("""
        شكراً جزيلاً
        الله يعطيك العافية
        تمام، [شكراً|ما قصرت]
        ممتاز، شكراً {agent}
        اشتغل، [شكراً|الله يسعدك]
        (annoyed) أخيراً. شكراً
        (terse) شكراً
        (chatty) ما شاء الله عليكم، خدمة ترفع الراس 🌹
    """),
    grudging=lines("""
        طيب، شكراً على كل حال
        للأسف، كنت أتوقع أفضل
        خلاص، أشوف غيركم
        (annoyed) لن أجدد معكم
    """),
    nudges=lines("""
        هل من جديد؟
        أنتظر ردكم
        ألو؟
        (annoyed) كم أنتظر؟
    """),
    hellos=lines("""
        أهلاً {name}، معك {agent}.
        وعليكم السلام {name}، شكراً لتواصلك.
        (warm) حياك الله {name}، معك {agent} وأبشر بالحل.
        (brisk) أهلاً.
        (formal) السلام عليكم، معك {agent} من {company}.
        (cheerful) يا هلا {name}! معك {agent} 👋
        (careful) أهلاً {name}، معك {agent}، قرأت رسالتك كاملة.
    """),
    sorry_for_the_wait=lines("""
        نعتذر عن التأخير.
        شكراً على صبرك.
        آسف على الانتظار.
    """),
    acknowledgements=lines("""
        شكراً.
        تمام.
        وصلت.
        واضح، شكراً لك.
    """),
    anything_else=lines("""
        هل تحتاج شيئاً آخر؟
        أي خدمة ثانية؟
        هل الأمر واضح؟
    """),
    welcomes=lines("""
        العفو {name}.
        على الرحب والسعة، يومك سعيد.
        واجبنا.
        يسعدنا خدمتك دائماً.
    """),
    signatures=lines("""
        {agent}
        مع التحية، {agent}
        {agent}، {company}
    """),
    takes_over=lines("""
        أهلاً {name}، معك {agent}، انتهت مناوبة {colleague} وسأكمل معك.
        معك {agent} بدلاً من {colleague}.
    """),
    more=lines("""
        >nothing السلام عليكم مرة ثانية، [المشكلة نفسها|لم يتغير شيء]
        >written سؤال أخير: هل يصلني ذلك مكتوباً؟
        >nothing اشتغل أمس واليوم [رجعت المشكلة|انقطع من جديد]
        >nothing (annoyed) أغلقتم الطلب والمشكلة لم تُحل
    """),
    more_answers=lines("""
        #nothing راجعت الموضوع من جديد وتم الحل، وستصلك رسالة تأكيد.
        #nothing نعتذر منك، سأتابع حتى ينتهي الأمر.
        #written نعم كما ذكرت لك، وستصلك الآن مكتوبة.
    """),
    comments={
        1: lines("لم أستفد شيئاً\nشرحت المشكلة [مرتين|ثلاث مرات]\nلم تُحل"),
        2: lines("بطيء جداً\nتعامل لطيف بدون حل"),
        3: lines("عادي\nتأخر لكن جيد"),
        4: lines("خدمة جيدة\nرد [سريع|واضح]\n{agent} محترم"),
        5: lines("ممتاز!\n{agent} [رائع|متعاون جداً]\nسرعة واحترافية\n🌹🌹"),
    },
)

_TELECOM = """
@story ar_outage weight=7 language=ar team=network label=outage heat=.5 priority=high
>area الإنترنت مقطوع في حي [العليا|الملز|الياسمين|حطين|النرجس|الروضة] منذ {clock}، هل يوجد عطل؟
>box الألياف لا تعمل والجهاز عليه [ضوء أحمر|ضوء برتقالي|لا ضوء]. // رقم الحساب {account}
>mob لا توجد شبكة منذ [الصباح|أمس|الفجر]، الرقم {line}
>area الشارع كله بدون إنترنت، متى يرجع؟ حي [الشفا|الدرعية|النخيل|الحمراء|قرطبة]
>slow السرعة {speed} وأنا مشترك في {speed2}
>slow ينقطع كل [عشر|خمس|عشرين] دقيقة في المساء، {account}
>box (annoyed) {days} أيام بدون إنترنت والتطبيق يقول كل شيء سليم، {account}
>box (hurried) عندي [اختبار|اجتماع|مقابلة] الساعة {clock} والنت مقطوع!
>box (chatty) الحمد لله صرنا نجلس مع بعض في البيت، لكن متى يرجع النت؟ {account}
>box (terse) عطل {account}؟
@agent
#area,mob نعم يوجد كابل مقطوع والفريق في الموقع، المتوقع {clock2}.
#box لا أرى عطلاً عاماً، ما لون الضوء على الجهاز؟
#slow,box سأقيس الخط الآن، اتركوا الجهاز يعمل من فضلك.
@customer
#box أحمر
#area,mob,box طيب، أحتاج بيانات إلى أن يرجع
#box,slow أطفأته وشغلته، نفس الشيء
(annoyed) كل مرة تقولون نفس الكلام
@note .3
#area,mob البرج {tower} متوقف، التذكرة {ticket}.
@agent work=2
#area,mob,slow أضفت لك {gigabytes} جيجابايت مجاناً على {line}.
#box,slow أعدت ضبط المنفذ، انتظر ثلاث دقائق.
#box يزورك الفني يوم {weekday_next} الساعة {clock}، بدون رسوم.
@rest 1 8
@customer
رجع، [شكراً|الحمد لله]
اشتغل الآن
#box الفني جاء وغيّر الجهاز، تمام
(annoyed) رجع. كم يوم هذه المرة؟
@end solved

@story ar_bill weight=6 language=ar team=billing label=bill heat=.45
>high لماذا الفاتورة {amount} هذا الشهر؟ المعتاد {small_amount}
>extra في الفاتورة [خدمة نغمات|باقة دولية|تأمين] بمبلغ {small_amount} لم أطلبها
>paid سددت يوم {date_past} والخط ما زال مقطوعاً، {line}
>twice خصمتم المبلغ مرتين {small_amount}، {account}
>parts هل يمكن التقسيط؟ الراتب يوم 27. {account}
>plan أريد تغيير الباقة من {plan}، ما الأنسب لعائلة؟ نستهلك {gigabytes} جيجابايت
>end أريد إلغاء الاشتراك {account}، ما المطلوب؟
>roam مسافر إلى [القاهرة|دبي|عمّان|إسطنبول|لندن] يوم {date_next}، ما أفضل باقة تجوال؟
>extra (annoyed) {amount}! من شغّل هذه الخدمة؟ ألغوها وأرجعوا المبلغ
>paid (hurried) سددت الآن {small_amount} والخط مفصول وأحتاجه فوراً
>high (terse) الفاتورة {amount} لماذا
@agent work=2
#high,twice,parts,end,plan,roam سأفتح الفاتورة، لحظة من فضلك.
#high,extra أرى خدمة بدأت {date_past}، هل ضغط أحد على موافق؟
#paid السداد وصل على حساب آخر، سأنقله.
@customer
#high,extra لا، لم يضغط أحد
#high,extra ربما ولدي من الجوال
#paid نعم {account} هو الصحيح
#twice,parts,end,plan,roam طيب، [أنتظر|خذ وقتك]
@agent work=2
#high,extra ألغيت الخدمة وأوقفت مثلها مستقبلاً، و{small_amount} تعود في الفاتورة القادمة.
#paid تم النقل والخط يعمل الآن.
#parts التقسيط متاح على ثلاث دفعات بدون رسوم.
#roam أضفت لك باقة 15 يوماً بـ {small_amount}، تبدأ عند الوصول.
#twice المبلغ الثاني يعود إلى البطاقة خلال ثلاثة أيام.
#plan {plan2} أنسب لكم وتوفر {small_amount}، تبدأ من أول الشهر.
#end ينتهي الاشتراك يوم {date_next} بدون غرامة، والرقم يبقى 90 يوماً.
@customer
تمام
[ممتاز|جزاك الله خيراً]
#high,extra ولن تعود الخدمة؟
@agent chance=.3
#high,extra لن تعود إن شاء الله.
@end solved

@story ar_sim weight=5 language=ar team=devices label=sim heat=.25
>lost ضاع جوالي، أوقفوا الشريحة {line} من فضلكم
>act الشريحة الجديدة لا تعمل، {iccid}
>esim كيف أحوّل إلى شريحة إلكترونية؟ الرقم {line}
>puk أدخلت الرمز خطأ ثلاث مرات، أحتاج PUK للرقم {line}
>port أريد نقل رقمي {line} من شركة أخرى، كم يستغرق؟
>port طلب النقل {port} مرفوض، لماذا؟
>wifi نسيت كلمة سر الواي فاي والضيوف عندي
>lost (hurried) سُرق الجوال، أوقفوا {line} الآن!
>puk (terse) PUK {line}
@agent
#puk,esim,act للتأكد: آخر أربعة أرقام من الهوية؟
#lost تم الإيقاف. هل تريد نفس الرقم على شريحة جديدة؟
#port يجب أن يكون الاسم مطابقاً تماماً، هل هو كذلك؟
#wifi افتح التطبيق ثم المنزل ثم الواي فاي، هل يظهر الجهاز؟
@customer
#puk,esim,act {id_end}
#lost نعم، نفس الرقم
#port الاسم باسم أخي
#wifi ظهر، شكراً
@agent work=2
#esim,lost الرمز الجديد في {email}، امسحه عبر الواي فاي ثم أعد التشغيل.
#act,lost الشريحة جاهزة في الفرع، أحضر الهوية.
#port أعدت الطلب بالاسم الصحيح، يكتمل خلال يوم عمل.
#puk أرسلت الرمز في رسالة إلى {line}.
#wifi ممتاز، غيّرها مرة أخرى بنفسك للأمان.
@customer
[اشتغلت|تمام]، شكراً
#act,lost سأمر على الفرع [اليوم|غداً]
@end solved
"""

ARABIC_TEXTS: dict[str, str] = {"telecom": _TELECOM}
