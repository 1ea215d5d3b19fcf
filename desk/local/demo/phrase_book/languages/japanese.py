"""Japanese: courtesies, and stories for the shop, the airline and the software house."""

from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.reader import lines

JAPANESE = Courtesies(
    greetings=lines("""
        こんにちは。
        お世話になっております。
        はじめまして。
        すみません、
        {good_day}。
        (annoyed) 返信をお願いします。
        (chatty) いつもお世話になっています😊
        (hurried) 急ぎです。
    """),
    closings=lines("""
        よろしくお願いします。
        お願いいたします。
        ご確認ください。
        どうすればよいですか？
        (annoyed) 本日中にご回答ください。
        (hurried) 急いでいます。
        (chatty) お忙しいところすみません🙇
    """),
    thanks=lines("""
        ありがとうございます
        助かりました、ありがとうございます
        [解決しました|よくわかりました]。ありがとうございました
        {agent}さん、丁寧な対応ありがとうございます
        (annoyed) わかりました。もう少し早いと助かります
        (terse) どうも
        (chatty) とても親切でした😊また利用します
    """),
    grudging=lines("""
        残念ですが、わかりました
        そうですか…
        仕方ないですね
        (annoyed) 納得できません
    """),
    nudges=lines("""
        その後いかがでしょうか
        確認できましたか？
        まだ待っています
        (annoyed) いつまで待てばいいですか？
    """),
    hellos=lines("""
        {full_name}様、{agent}です。
        お問い合わせありがとうございます。
        (warm) {full_name}様、ご不便をおかけしております。担当の{agent}です。
        (brisk) こんにちは。
        (formal) {full_name}様、お問い合わせいただきありがとうございます。{company}の{agent}と申します。
        (cheerful) {full_name}様、こんにちは！{agent}です👋
        (careful) {full_name}様、{agent}です。内容を拝見しました。
    """),
    sorry_for_the_wait=lines("""
        お待たせして申し訳ございません。
        ご返信が遅くなりました。
        お待ちいただきありがとうございます。
    """),
    acknowledgements=lines("""
        ありがとうございます。
        承知しました。
        かしこまりました。
    """),
    anything_else=lines("""
        他にご不明な点はございますか？
        他にお手伝いできることはありますか？
    """),
    welcomes=lines("""
        とんでもございません。
        お役に立てて何よりです。
        またいつでもご連絡ください。
    """),
    signatures=lines("""
        {agent}
        {company} {agent}
    """),
    takes_over=lines("""
        {full_name}様、{colleague}に代わりまして{agent}が承ります。
        {agent}です。{colleague}から引き継ぎました。
    """),
    more=lines("""
        >nothing [まだ直っていません|まだ届いていません]
        >written もう一点、確認のメールはもらえますか？
        >nothing 昨日は大丈夫でしたが、今日[また同じです|また出ました]
        >nothing (annoyed) 解決していないのに閉じられました
    """),
    more_answers=lines("""
        #nothing 再度確認し、対応いたしました。確認メールをお送りします。
        #nothing 申し訳ございません。完了まで私が確認いたします。
        #written はい、その通りです。後ほどメールでもお送りします。
    """),
    comments={
        1: lines("解決しなかった\n同じ説明を[二|三]回した"),
        2: lines("遅い\n丁寧だが解決せず"),
        3: lines("普通\n少し時間がかかった"),
        4: lines("良かった\n返信が[早い|わかりやすい]"),
        5: lines("とても良い対応でした\n{agent}さんに感謝\n早くて丁寧\n🙏"),
    },
)

_SHOP = """
@story ja_order weight=6 language=ja team=orders label=parcel heat=.3
>late 注文{order}はいつ届きますか？{date_past}に注文しました
>late 追跡{tracking}が{weekday_past}から動きません
>late {clock}に配達済みとありますが、届いていません。{street}
>broken [椅子|ランプ|本棚|テーブル]が届きましたが、[傷があります|脚が一本足りません|点きません]。{order}
>back [色|サイズ]が合わないので返品したいです。{order}
>swap 色を[グリーン|ホワイト|チャコール]に変更できますか？{order}
>ship 日本へ発送できますか？[椅子|ランプ|ラグ]の送料も知りたいです
>code クーポン{code}が使えません
>late (annoyed) {order}、三週間待っています
>late (terse) {order}の状況
@agent
#late,back 確認いたします。お届け先のご住所をお願いできますか。
#broken 申し訳ございません。写真をお送りいただけますか。
#swap まだ発送前ですので変更できます。
#ship 船便で三週間ほど、送料は{small_amount}でございます。よろしいでしょうか。
#code {small_amount}以上で使えるコードです。新しいコードをお送りしましょうか。
@customer file=photo.jpg
#late,back {street}、{suburb}です
#broken 写真です
#broken 新しいものをお願いします
#swap,code,ship お願いします
@agent work=4
#late {courier}の倉庫にあり、{weekday_next}にお届けします。
#broken 本日新しい商品を発送します。追跡番号は{tracking}です。
#back {amount}を返金いたしました。三日から五日かかります。
#swap 変更いたしました。確認メールは{email}です。
#code,ship {email}へお送りしました。
@customer
#late 届きました！
[わかりました|了解です]
助かります
@end solved
"""

_AIRLINE = """
@story ja_flight weight=5 language=ja team=bookings label=rebooking heat=.25
>move {pnr}を{date_next}に変更したいのですが、[仕事の都合です|手数料はいくらですか]
>pass 搭乗券がまだ届いていません。{pnr}
>late {flight}は定刻ですか？掲示板は{clock}です
>bag 荷物が届きません。{flight}、タグ{bagtag}
>seat 座席{seat}と{seat2}を隣同士にできますか？{pnr}
>money {pnr}の払い戻し{amount}はいつですか
>off (annoyed) 欠航の連絡がショートメールだけとは。{pnr}
>move (terse) {pnr}変更
@agent work=2
#move {date_next}の{clock2}に空席がございます。差額は{small_amount}です。
#late,bag,seat,money,off お調べいたします。少々お待ちください。
#pass 搭乗券を{email}へ再送いたしました。
@customer
#move,late,bag,seat,money,off お願いします
#pass [届きました|見つかりました]
#move,seat 全員同じです
@agent work=2
#move 変更が完了しました。確認メールをお送りしました。
#bag お荷物は{hub}にあり、{flight2}で参ります。{weekday_next}にお届けします。
#seat お隣同士のお席をご用意しました。
#pass よい空の旅を。
#late,off {flight2}、{clock2}発でお席をお取りしました。
#money 本日手配いたしました。五営業日で届きます。
@end solved
"""

_SOFTWARE = """
@story ja_bug weight=5 language=ja team=support label=bug heat=.25
>err {version}にしてから、請求書の[保存|送信]で{error}が出ます
>chars {invoice}のPDFで日本語が文字化けします
>import 取り込みが{rows}行目で止まります。{error}
>bank {bank}の明細が{date_past}から更新されません
>rec 定期請求の設定方法を教えてください
>inv {own_invoice}の宛名を変更できますか
>err (annoyed) 月末に毎回{error}です
>err (terse) {error}
@agent
#err,chars,import 画面の写真を送っていただけますか。
#err ログに{error}を確認しました。直前の操作を教えてください。
#rec 設定の「繰り返し」から登録できます。
#bank 銀行側の変更でした。「再接続」をお試しいただけますか。
#inv 新しい宛名をお知らせください。
@customer file=gamen.png
#err,chars,import 送ります
#err 保存を二回押しました
#rec,bank できました
#inv {full_name}事務所でお願いします
@agent work=5
#err {version}の不具合でした。今夜修正いたします。
#chars,import 文字コードをUTF-8に変換し、{email}にお送りしました。
#bank 再接続しましたので、不足分も反映されています。
#rec 次回から自動で作成されます。
#inv 新しい請求書を{email}へお送りしました。
@customer
直りました
[了解です|待ちます]
@end solved
"""

JAPANESE_TEXTS: dict[str, str] = {"shop": _SHOP, "airline": _AIRLINE, "software": _SOFTWARE}
