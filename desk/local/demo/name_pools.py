"""Given and family names, dialling patterns and mother tongues by region."""

from msgspec import Struct


class Region(Struct, frozen=True):
    """Where a customer is from."""

    language: str
    """Mother tongue, when it is one the phrase book speaks; otherwise English."""
    prefixes: tuple[str, ...]
    """Beginnings of telephone numbers; the rest are digits."""
    digits: int
    given: tuple[str, ...]
    family: tuple[str, ...]
    native_given: tuple[str, ...] = ()
    native_family: tuple[str, ...] = ()
    family_first: bool = False
    native_joint: str = " "


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


_US_AREAS = _words(
    "201 202 206 212 213 214 303 305 312 313 314 402 404 412 415 503 504 512 513 602 "
    "612 615 617 619 646 702 704 713 718 720 801 808 813 816 817 901 913 917 919 971"
)

_ENGLISH_GIVEN = _words(
    "Olivia Emma Charlotte Amelia Sophie Grace Hannah Chloe Lily Isla Freya Daisy Ruby Alice "
    "Florence Martha Nora Eleanor Beth Louise Joanne Karen Denise Sheila Liam Noah Oliver James "
    "Henry Jack Harry George Arthur Theo Leo Oscar Archie Thomas Daniel Matthew Ryan Craig Neil "
    "Gareth Stuart Keith Simon Patrick Dermot Rhys Ewan Callum Angus"
)

_CHINESE_GIVEN = _words(
    "思远 雨桐 浩然 静怡 子涵 欣怡 伟 丽华 建国 晓明 诗涵 志强 雅婷 宇航 美玲 俊杰"
)
_CHINESE_FAMILY = _words("陈 李 王 张 刘 黄 林 吴 周 徐 孙 何 郭 梁")

REGIONS: dict[str, Region] = {
    "us": Region(
        "en",
        tuple(f"+1{area}55501" for area in _US_AREAS),
        2,
        _words(
            "Ashley Brianna Caroline Danielle Emily Faith Gabriela Heather Imani Jasmine Kayla "
            "Lauren Megan Nicole Paige Rachel Samantha Tiffany Vanessa Whitney Zoe Aaron Brandon "
            "Carlos Derek Ethan Frank Greg Hector Isaiah Jamal Kevin Logan Marcus Nathan Omar "
            "Peter Quentin Rob Steve Trevor Victor Wade Xavier Zach Amara Deb Luis Mary-Ellen"
        ),
        _words(
            "Adams Alvarez Baker Bennett Brooks Carter Castillo Coleman Cruz Davis Delgado Dixon "
            "Edwards Ellis Fisher Flores Foster Garcia Gibson Gray Hamilton Hayes Henderson Hughes "
            "Jackson Jenkins Kaplan Kelly Kim Lewis Lopez Mitchell Morgan Murphy Nguyen Olson "
            "Ortiz Parker Patel Perry Powell Ramirez Reed Rivera Ross Sanders Schmidt Stewart "
            "Sullivan Torres Turner Vargas Walker Washington Weiss Young"
        ),
    ),
    "gb": Region(
        "en",
        ("+447700900",),
        3,
        _ENGLISH_GIVEN,
        _words(
            "Ashworth Bailey Barnes Bell Booth Bradley Burgess Chapman Clarke Cooper Dawson Ellis "
            "Fletcher Ford Gallagher Gibbs Griffiths Hart Harvey Hewitt Holt Hussain Iqbal Jones "
            "Kaur Kennedy Lloyd Marsh Mbeki-Thornton McAllister Mehta Murray Newton Osborne Owen "
            "Pearce Pritchard Quinn Rees Rowe Shah Sinclair Stone Tait Vaughan Walsh Webb Wright"
        ),
    ),
    "no": Region(
        "nb",
        ("+4740555", "+4792555", "+4748555"),
        3,
        _words(
            "Anne Astrid Berit Camilla Elin Frida Gro Hanne Ida Ingvild Jorunn Kristin Liv Maren "
            "Nina Oda Ragnhild Silje Solveig Tonje Tuva Vilde Anders Arne Bjørn Eirik Espen "
            "Fredrik Geir Håkon Ivar Jon Kjetil Lars Magnus Nils Odd Petter Rune Sindre Stian "
            "Sverre Terje Tor Trond Vegard Amina Hassan"
        ),
        _words(
            "Aas Andersen Bakke Berg Bjørnstad Bråten Dahl Eide Engen Fjeld Foss Gundersen Hagen "
            "Halvorsen Haugen Holm Iversen Jensen Johansen Knudsen Kvam Larsen Lie Lien Lund "
            "Løken Moe Myhre Nilsen Nygård Olsen Ødegård Pedersen Rustad Ruud Sandvik Solberg "
            "Strand Sæther Tangen Tveit Vik Wold Ali"
        ),
    ),
    "se": Region(
        "en",
        ("+4670555",),
        4,
        _words("Elsa Maja Ebba Karin Sofia Annika Ulrika Erik Johan Gustav Nils Oskar Per Mats"),
        _words("Nyström Lindgren Ekström Forsberg Sandström Wallin Åberg Hedlund Holmberg Sjöö"),
    ),
    "de": Region(
        "de",
        ("+49155501", "+49155502", "+49155503"),
        4,
        _words(
            "Anja Birgit Claudia Dagmar Elke Franziska Greta Heike Ines Jana Katrin Lena Marlene "
            "Nadine Petra Sabine Silke Ute Yvonne Andreas Bernd Christian Dieter Felix Georg "
            "Holger Jens Kai Lukas Matthias Niklas Oliver Rainer Stefan Thorsten Uwe Deniz Murat"
        ),
        _words(
            "Albrecht Bauer Becker Brandt Dietrich Ebert Fischer Fuchs Graf Haas Hoffmann Huber "
            "Jung Kaiser Keller Köhler Krause Kuhn Lang Lehmann Maier Neumann Otto Pohl Richter "
            "Roth Sauer Schäfer Schulz Seidel Sommer Vogel Wagner Weiß Winkler Yılmaz Ziegler"
        ),
    ),
    "es": Region(
        "es",
        ("+34655501", "+34655502"),
        3,
        _words(
            "Alba Beatriz Carmen Elena Inés Irene Lucía Marta Nuria Paula Pilar Rocío Sara Teresa "
            "Alberto Andrés Álvaro Carlos Gonzalo Ignacio Javier Jorge Manuel Pablo Raúl Sergio"
        ),
        _words(
            "Alonso Blanco Cano Domínguez Esteban Fuentes Gallego Herrera Iglesias Lozano Marín "
            "Navarro Ortega Pascual Prieto Ramos Rubio Serrano Soler Vega Vidal Zamora"
        ),
    ),
    "mx": Region(
        "es",
        ("+525555501", "+528155502", "+523355503"),
        3,
        _words(
            "Alejandra Brenda Citlali Daniela Fernanda Guadalupe Jimena Karla Mariana Paola "
            "Regina Ximena Abel Arturo Emilio Fernando Héctor Iván Julián Mauricio Rodrigo Santiago"
        ),
        _words(
            "Aguilar Bautista Cárdenas Contreras Espinoza Guerrero Hernández Juárez Luna Mendoza "
            "Montes Olvera Quintero Reyes Robles Rosales Sandoval Treviño Velasco Zavala"
        ),
    ),
    "in": Region(
        "en",
        ("+9198555", "+9199555"),
        5,
        _words(
            "Aditi Anjali Deepa Divya Ishita Kavya Lakshmi Meera Neha Pooja Rashmi Shreya Sunita "
            "Aditya Amit Arjun Gaurav Harish Karthik Manish Nikhil Pranav Rahul Rohan Sanjay "
            "Suresh Varun Vikram"
        ),
        _words(
            "Agarwal Bhat Chandra Das Dutta Ghosh Gupta Iyer Jain Joshi Kapoor Krishnan Kulkarni "
            "Malhotra Menon Mishra Nair Naidu Pillai Rao Reddy Saxena Sen Sharma Singh Verma"
        ),
    ),
    "jp": Region(
        "ja",
        ("+81905550", "+81805550"),
        4,
        _words("Aoi Haruka Mai Misaki Rina Sakura Yui Yuki Daiki Hiroshi Kenta Ren Sho Takumi"),
        _words("Fujii Hayashi Inoue Ito Kato Kimura Mori Nakamura Ogawa Saito Sato Suzuki Tanaka"),
        _words("優希 葵 美咲 陽菜 結衣 遥 真由 大輝 健太 翔太 蓮 拓海 浩 直樹 恵子 由美子"),
        _words("田中 佐藤 鈴木 高橋 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 井上 木村 清水 森"),
        family_first=True,
    ),
    "cn": Region(
        "zh",
        ("+86138555", "+86159555"),
        5,
        _words("Siyuan Yutong Haoran Jingyi Zihan Xinyi Wei Lihua Xiaoming Zhiqiang Yating Junjie"),
        _words("Chen Li Wang Zhang Liu Huang Lin Wu Zhou Xu Sun He Guo Liang"),
        _CHINESE_GIVEN,
        _CHINESE_FAMILY,
        family_first=True,
        native_joint="",
    ),
    "sg": Region(
        "zh",
        ("+6585550", "+6595550", "+6588550"),
        3,
        _words(
            "Wei_Jie Hui_Min Jia_Hao Xin_Yi Kai_Wen Li_Ting Jun_Wei Shi_Qi Boon_Keng Siew_Lan "
            "Ahmad Nurul Faizal Aisyah Hafiz Zulaikha Rajesh Shanti Kumar Priya Ganesh Vani "
            "Rachel Darren Joanne Adrian Cheryl Benedict Felicia Desmond Grace Melvin"
        ),
        _words(
            "Tan Lim Lee Ng Ong Wong Goh Chua Chan Koh Teo Ang Yeo Tay Ho Low Toh Sim Chong "
            "Rahman Ismail Osman Yusof Subramaniam Pillai Raj Chandran Pereira De_Souza"
        ),
        _CHINESE_GIVEN,
        _CHINESE_FAMILY,
        native_joint="",
        family_first=True,
    ),
    "my": Region(
        "en",
        ("+60125550", "+60175550"),
        3,
        _words("Farah Siti Nadia Azlan Hakim Irfan Mei_Ling Chee_Keong Kavitha Suresh Aina Danial"),
        _words("Abdullah Hassan Ibrahim Lim Wong Tan Krishnan Ramasamy Zainal Kamaruddin Yap"),
    ),
    "au": Region(
        "en",
        ("+61491570", "+61491571", "+61491572", "+61491573", "+61491574"),
        3,
        _words(
            "Matilda Zara Georgia Imogen Poppy Tahlia Bronwyn Kylie Narelle Sharon Deb Jacinta "
            "Harper Ivy Stella Banjo Cooper Darcy Flynn Hamish Jarrod Lachlan Mitch Rory Shane "
            "Toby Wayne Zac Anh Minh Giulia Stavros Eleni Priyanka Arjun Mele"
        ),
        _words(
            "Abbott Barrett Bourke Brennan Costa Doyle Duffy Fitzgerald Gleeson Hogan Jacobs "
            "Kelleher Lawson Mackenzie Maher McGrath Nguyen O'Brien Papadopoulos Phillips Rossi "
            "Ryan Sheridan Singh Taufa Tran Tyrrell Vella Watson Wheatley Zammit"
        ),
    ),
    "nz": Region(
        "en",
        ("+6421555",),
        4,
        _words(
            "Aroha Hinemoa Kiri Mere Ngaire Tui Hemi Manaia Rangi Tane Wiremu Sione Jodie Grant"
        ),
        _words("Parata Ngata Walker Henare Mahuika Robertson Campbell Tamihana Fraser Leota Tuala"),
    ),
    "sa": Region(
        "ar",
        ("+966505550", "+966555551", "+966535552"),
        3,
        _words(
            "Abdullah Ahmed Ali Faisal Fahad Hamad Khalid Majed Mohammed Nasser Omar Rakan Saad "
            "Saud Sultan Turki Yazeed Amal Dalal Fatimah Ghada Hala Hessa Lama Latifa Maha "
            "Mashael Nouf Reem Sara Shahad Wafa"
        ),
        _words(
            "Al-Otaibi Al-Ghamdi Al-Harbi Al-Qahtani Al-Dossari Al-Shehri Al-Mutairi Al-Subaie "
            "Al-Zahrani Al-Shammari Al-Anazi Al-Juhani Al-Maliki Al-Rashid Al-Omari"
        ),
        _words(
            "عبدالله أحمد علي فيصل فهد خالد ماجد محمد ناصر عمر راكان سعد سلطان تركي يزيد أمل دلال "
            "فاطمة غادة هلا حصة لمى لطيفة مها نوف ريم سارة شهد وفاء"
        ),
        _words(
            "العتيبي الغامدي الحربي القحطاني الدوسري الشهري المطيري السبيعي الزهراني الشمري "
            "العنزي الجهني المالكي الراشد العمري"
        ),
    ),
    "ae": Region(
        "ar",
        ("+971505550", "+971555551"),
        3,
        _words("Hamdan Mansour Rashid Saeed Salem Alia Hind Mariam Moza Shamma Salama Zayed"),
        _words("Al-Mazrouei Al-Suwaidi Al-Nuaimi Al-Ketbi Al-Hammadi Al-Shamsi Al-Marri"),
        _words("حمدان منصور راشد سعيد سالم عليا هند مريم موزة شما سلامة زايد"),
        _words("المزروعي السويدي النعيمي الكتبي الحمادي الشامسي المري"),
    ),
    "eg": Region(
        "ar",
        ("+201055500", "+201155501"),
        3,
        _words("Mostafa Mahmoud Karim Tarek Hossam Sherif Yasmine Dina Mona Heba Salma Nadine"),
        _words("Hassan Ibrahim Fathy Abdelrahman Shafik Mansour Youssef Gamal Saleh Farouk"),
        _words("مصطفى محمود كريم طارق حسام شريف ياسمين دينا منى هبة سلمى نادين"),
        _words("حسن إبراهيم فتحي عبدالرحمن شفيق منصور يوسف جمال صالح فاروق"),
    ),
    "pk": Region(
        "en",
        ("+923005550", "+923215551"),
        3,
        _words("Ayesha Fatima Hina Mahnoor Sana Zainab Adnan Asif Hamza Junaid Kashif Usman Waqas"),
        _words("Ahmed Akhtar Butt Chaudhry Hussain Iqbal Javed Khan Malik Mirza Raza Siddiqui"),
    ),
    "ph": Region(
        "en",
        ("+639175550",),
        3,
        _words("Angel Bea Cristina Jhoanna Liza Maricel Jericho Jomar Mark Paolo Rommel Vince"),
        _words("Aquino Bautista Cruz Dizon Garcia Mendoza Pascual Reyes Santos Villanueva"),
    ),
    "ng": Region(
        "en",
        ("+2348035550", "+2347065551"),
        3,
        _words("Amara Chioma Folake Ngozi Temitope Yetunde Chinedu Emeka Femi Ifeanyi Segun Tunde"),
        _words("Adeyemi Balogun Eze Ibrahim Nwosu Obi Okafor Okonkwo Olawale Onyeka Umar"),
    ),
    "pl": Region(
        "en",
        ("+48505550",),
        3,
        _words("Agnieszka Beata Ewa Kasia Magda Zofia Jacek Krzysztof Marek Paweł Piotr Tomasz"),
        _words("Kowalczyk Lewandowska Mazur Nowak Pawlak Sikora Wójcik Zając Zielińska Wrona"),
    ),
}
