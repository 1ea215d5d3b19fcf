"""Chinese: courtesies, and stories for the insurer, the shop and the airline."""

from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.reader import lines

CHINESE = Courtesies(
    greetings=lines("""
        您好，
        你好！
        请问，
        打扰一下，
        {good_day}，
        (annoyed) 有人吗？
        (chatty) 你们好呀～
        (hurried) 急！
    """),
    closings=lines("""
        谢谢！
        麻烦您了。
        请问怎么办？
        等您回复。
        (annoyed) 请今天给我答复。
        (hurried) 比较着急，谢谢。
        (chatty) 辛苦啦 🙏
    """),
    thanks=lines("""
        谢谢！
        太好了，谢谢您
        好的，[明白了|没问题了]，谢谢
        解决了，[非常感谢|多谢]
        谢谢{agent}，服务很好
        (annoyed) 好吧，总算解决了
        (terse) 谢谢
        (chatty) 太感谢啦，你们真的很贴心 😊
    """),
    grudging=lines("""
        好吧，还是谢谢
        有点失望，不过理解
        那算了
        (annoyed) 这个结果我不接受
    """),
    nudges=lines("""
        请问有进展吗？
        还在吗？
        我还在等
        (annoyed) 到底还要等多久？
    """),
    hellos=lines("""
        {name}您好，我是{agent}。
        您好，感谢您的来信。
        (warm) {name}您好，我是{agent}，很高兴为您服务。
        (brisk) 您好。
        (formal) 尊敬的{name}，您好，我是{company}的{agent}。
        (cheerful) {name}您好呀！我是{agent} 👋
        (careful) {name}您好，我是{agent}，您的留言我仔细看过了。
    """),
    sorry_for_the_wait=lines("""
        让您久等了，抱歉。
        感谢您的耐心等待。
        不好意思，回复晚了。
    """),
    acknowledgements=lines("""
        好的，谢谢。
        收到。
        明白。
        谢谢您提供的信息。
    """),
    anything_else=lines("""
        还有什么可以帮您的吗？
        请问还有其他问题吗？
        这样可以吗？
    """),
    welcomes=lines("""
        不客气，{name}。
        不客气，祝您生活愉快。
        应该的。
        很高兴能帮到您。
    """),
    signatures=lines("""
        {agent}
        {company} {agent}敬上
    """),
    takes_over=lines("""
        {name}您好，我是{agent}，{colleague}已经下班，由我继续为您处理。
        我是{agent}，接替{colleague}跟进。
    """),
    more=lines("""
        >nothing 您好，[还是没有解决|一直没有消息]
        >written 再问一下，会有书面通知吗？
        >nothing 昨天好了，今天[又不行了|又出现同样的问题]
        >nothing (annoyed) 为什么关掉了？问题还在
    """),
    more_answers=lines("""
        #nothing 我又核实了一遍，现在已经处理好，确认函会发到您的邮箱。
        #nothing 非常抱歉，我会一直跟进到解决为止。
        #written 是的，没有变化，稍后发书面通知给您。
    """),
    comments={
        1: lines("没有帮助\n同样的问题说了[两|三]遍\n没解决"),
        2: lines("太慢了\n态度好，但没解决"),
        3: lines("一般\n有点慢，还可以"),
        4: lines("不错\n回复[很快|清楚]\n{agent}态度很好"),
        5: lines("非常满意！\n{agent}[太专业了|很耐心]\n又快又好\n👍👍👍"),
    },
)

_INSURER = """
@story zh_claim weight=6 language=zh team=claims label=claim heat=.35
>open 请问理赔{claim}现在到哪一步了？[{date_old}提交的|已经好几个星期了]
>docs {date_past}寄了材料，收到了吗？案号{claim}
>docs 系统显示{claim}材料不全，还缺什么？
>short {claim}只赔了{amount2}，我申请的是{amount}，差额是怎么回事？
>new 在[曼谷|大阪|台北|首尔|巴厘岛]看病花了{amount}，怎么报销？保单{policy}
>new 航班取消，[酒店|行程]退不了，{amount}能赔吗？{policy}
>new 行李晚到[两|三|四]天，买了{amount}的衣服，可以申请吗？
>home 家里[水管爆了|天花板漏水|空调漏水]，{street}，该找谁？
>open (annoyed) {claim}从{date_old}拖到现在，每次都要新材料
>clinic (hurried) 人在[曼谷|大阪|台北]的医院，要先付{amount}，怎么办？
>open (chatty) 这个{claim}都快成我的老朋友了，有消息吗？
>open (terse) {claim}进度
@agent work=2
#open,docs 我马上查。请提供保单号或身份证后四位。
#open 查到了，{weekday_past}已转给理赔员。
#docs 材料已收到，还差一份原始收据。
#new,clinic,home 请先保存好所有收据，并拍照发给我。
#short 差额是自付额和折旧，{date_past}寄了说明信，收到了吗？
@customer file=shouju.jpg
#open,docs,new {policy}
#new,home,docs 收据在附件里
#docs 已经交过了，[{date_past}|上个月]交的
#open,docs (annoyed) {policy}，说过好几次了
#short 没收到，[搬家了|地址换了]，{street}
#clinic 好的，先刷卡付了，{policy}
@note .3
#docs,open 收据归错档了，已重新关联。
@agent work=5
#open 已批准，{amount}会在{weekday_next}前到账。
#docs 是我们归档出错，抱歉，今天安排付款。
#new,clinic,home 已登记，新案号{claim}，五个工作日内答复。
#docs,new 还需要医生证明，收到后三个工作日。
#short 说明信已重发到{email}，折旧部分我再请人复核一次。
@customer
太好了
#docs,new 好的，我[明天|{weekday_next}]补上
#open,docs,new 账户和上次一样，谢谢
@end solved

@story zh_policy weight=5 language=zh team=policies label=premium heat=.2
>up 续保从{premium2}涨到{premium}，为什么？{policy}
>visa 签证需要保险证明，去[瑞士|法国|日本]，{date_next}出发
>add 想给[妻子|先生|女儿|母亲]加进{policy}，需要什么？
>addr 地址换成{street}，怎么改？
>paid {date_past}已经付了{premium}，怎么还收到催款？
>trip 下个月去[北海道|曼谷|墨尔本]，旅游险多少钱？[两|三|四]个人
>op [母亲|父亲|我]要在{hospital}做手术，可以直接结算吗？{policy}
>visa (hurried) 今天{clock}面签，急需保险证明
>stop (terse) {policy}怎么取消
@agent work=2
#visa,trip 好的，请问具体日期和姓名拼音？
#paid 查到付款了，催款信是之前发出的，请忽略。
#up,stop 我比较一下去年的内容，请稍等。
#add 请提供出生日期和证件号码。
#addr 好的，新地址从哪天开始？
#op 可以直接结算。请把医生的估价单发给我。
@customer
#visa,trip {date_next}起三周，[两|三]个人
#add {birth}，证件照片在附件
#up 保障不变，自付额可以高一点
#addr 从{date_next}开始
#op 估价单在附件，{amount}
#stop 保费太高了，[想再比较|打算换一家]
#paid 好的，那保单有效吧？
@agent work=2
#visa 已发到{email}，写明三万欧元和申根各国。
#up,stop 自付额改为{excess}的话是{premium2}，可以吗？
#add,addr,paid 已更新，新保单在{email}。
#op 担保函已发给医院，您不用垫付。
#trip 一共{small_amount}，链接已发到{email}。
@customer
#up,visa,trip 可以，谢谢
收到了
[太好了|好的]
@end solved
"""

_SHOP = """
@story zh_order weight=6 language=zh team=orders label=parcel heat=.35
>late 请问订单{order}到哪里了？{date_past}下的单
>late 物流{tracking}从{weekday_past}就没动过，是不是丢了？
>late 显示{clock}已签收，可是家里没收到，{street}
>broken [书桌|沙发|台灯|书架|地毯]到了，但是[有裂痕|少了一条腿|颜色不对|不亮]，{order}
>back 想退货，[尺寸不合适|颜色不喜欢]，{order}怎么操作？
>swap 下错颜色了，可以换成[橄榄绿|白色|深灰]吗？{order}
>code 优惠码{code}用不了
>late (annoyed) 等了[两|三]个星期，{order}到底发没发？
>late (chatty) 全家都在等这张[餐桌|沙发]，孩子天天问。{order}
>late (terse) {order}在哪
@agent
#late 我查一下，请确认收货地址。
#broken 很抱歉，麻烦拍一张照片给我。
#swap 可以的，还没打包，我马上改。
#back 可以退，六十天内。请问包装还在吗？
#code 这个码满{small_amount}才能用，我给您换一个，发到{email}。
@customer file=photo.jpg
#late {street}，{suburb}
#broken 照片在这里
#broken 对，换一个新的
#swap,code 好的，谢谢
#back 包装还在，{street}
@note .3
#late {courier}把件滞留在仓库，已催。
@agent work=4
#late 包裹在{courier}的仓库，{weekday_next}送到。
#broken 新的今天发出，单号{tracking}，旧的不用退。
#back 已退款{amount}，三到五天到账。
#swap 改好了，确认信在{email}。
#code 有效期一周，祝您购物愉快。
@customer
#late 收到啦，很漂亮
[好的|太好了]，谢谢
#late,broken (annoyed) 总算有人管了
@end solved
"""

_AIRLINE = """
@story zh_flight weight=5 language=zh team=bookings label=rebooking heat=.3
>move 我想把{pnr}改到{date_next}，[公司有事|家里有事]，要多少钱？
>late {flight}延误了吗？屏幕显示{clock}
>bag 行李没到，航班{flight}，牌号{bagtag}
>name 名字拼音写错了一个字母，{pnr}，能登机吗？
>money {pnr}的退款{amount}什么时候到？
>chair 老人需要轮椅，{flight}，{date_next}
>late (annoyed) {flight}取消只发一条短信，{pnr}怎么办？
>move (terse) {pnr}改签
@agent work=2
#move {date_next}{clock2}还有座位，差价{small_amount}，需要改吗？
#late,bag,money,chair 我帮您查，请稍等。
#name 可以更正，请发护照姓名页照片。
@customer file=huzhao.jpg
#move 改吧，谢谢
#name 照片在附件
#chair,move 全部乘客都一样
#late,bag,money 好的，麻烦尽快
@agent work=2
#move,name 改好了，确认信在{email}。
#bag 行李在{hub}，随{flight2}到，{weekday_next}送到您手上。
#chair 已登记，机场会在门口等。
#money 已安排退款，五个工作日。
#late 已为您改到{flight2}，{clock2}起飞，确认信在{email}。
@end solved
"""

CHINESE_TEXTS: dict[str, str] = {"insurer": _INSURER, "shop": _SHOP, "airline": _AIRLINE}
