"""Which Russian words are forms of one word: judged pairs, and the rules measured on the dictionary's own paradigms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pymorphy3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.lemmas import russian, unknown
from storage.fold import fold

# Each line: the word that somebody asks for, and forms of it. The line above each group says why they are judged so.
TOGETHER = """
# a dictionary noun in its cases
связь: связи связью связей связям связями связях
министр: министра министру министром министре министры министров министрам
соглашение: соглашения соглашению соглашением соглашении соглашений
совещание: совещания совещанием совещаний совещаниях
день: дня дню днём дне дни дней
# other stems in the plural, and another word altogether
ребёнок: детей детьми детях
человек: люди людей людям людьми
год: лет годам годов
# a numeral
два: двух двум двумя две
сто: ста
полтора: полутора
пятьдесят: пятидесяти пятьюдесятью
оба: обе обеими обоих
один: одна одного одной одних
третий: третья третьего третьим третьи
# such a word meets itself, and the forms that are its own
при: при
для: для
уже: уже
весь: всей всех
он: им нём
о: об
с: со
# these look like it, and are such forms often enough
тереть: три
мыть: мой
сталь: стали
даль: дали
тема: тем
путь: путём
хотеть: хотят хотел
узкий: узок узкого
# a verb in person, tense, participle and gerund
подписать: подписал подписала подпишет подписанный подписанного подписано подписавший подписав подпишите
идти: шёл шла идёт иду идущий
быть: будет было были есть
запускать: запускает запускал запускаемый запускающего запуская
# degrees of comparison, the other stem included
хороший: лучше лучший лучшего хорошо
плохой: хуже худший
большой: больше больший большего
маленький: меньше меньший
малый: меньше меньшая
высокий: выше повыше высший высочайший
новый: новее новейший новейшего поновее нов
дешёвый: дешевле
старый: старше старее
# ё is е
ещё: еще
самолёт: самолета самолёте
# surnames of the dictionary; the surname reading of a common noun's form
Кузнецов: Кузнецова Кузнецову Кузнецовым Кузнецове Кузнецовой Кузнецовы Кузнецовых
Грибов: Грибова Грибову Грибовым Грибове Грибовы Грибовых Грибовой
Ткачёв: Ткачев Ткачева Ткачеву Ткачевым Ткачевой
Портнов: Портнова Портнову Портновым Портновой Портновых
Бородин: Бородина Бородину Бородиным Бородине Бородиной
гриб: грибов грибам
# a possessive surname that no dictionary has
Просвиров: Просвирова Просвирову Просвировым Просвирове Просвировой Просвировы Просвировых Просвировыми
Шнитов: Шнитова Шнитовым Шнитовой Шнитовых
Бульбишин: Бульбишина Бульбишину Бульбишиным Бульбишиной
# a foreigner and a town on -ин and -ов take -ом
Дарвин: Дарвина Дарвином
Чаплин: Чаплина Чаплином
Псков: Пскова Псковом
Саратов: Саратова Саратовом Саратове
Штернин: Штернином Штерниным
# a man whose name is a new word's genitive plural too
промпт: промпта промпту промптом промпте промпты промптов промптам промптами промптах
Промптов: Промптова Промптову Промптовым
# a village
Бородино: Бородином Бородине Бородина
Мухино: Мухином Мухине Мухина
Рогачёво: Рогачева Рогачёвом Рогачеве
Гродно: Гродне Гродна
Молодечно: Молодечна Молодечном
# a surname like an adjective
Залесский: Залесского Залесскому Залесским Залесском Залесская Залесской Залесскую Залесские Залесских
Хвалибовский: Хвалибовского Хвалибовским Хвалибовская Хвалибовской
Гаевой: Гаевого Гаевому Гаевым
Крутой: Крутого Крутым
Дзержицкий: Дзержицкого Дзержицкому Дзержицкая
# a Belarusian surname
Шульган: Шульгана Шульгану Шульганом Шульгане
Шульгана: Шульгану Шульганом Шульган
Шульга: Шульги Шульге Шульгу Шульгой
Кравченя: Кравчени Кравчене Кравченю Кравченей
Лукашевич: Лукашевича Лукашевичу Лукашевичем Лукашевичи
Мицкевич: Мицкевича Мицкевичем
Янукевич: Янукевича Янукевичу
Ятусевич: Ятусевича Ятусевичем
Полещук: Полещука Полещуку Полещуком
Ковалёнок: Ковалёнка Ковалёнку Коваленком
Савёнок: Савёнка Савенком
Кулеша: Кулеши Кулешу Кулешей
Сас: Саса Сасу Сасом
Бурак: Бурака Бураком Бураки
Заяц: Зайца Зайцу Зайцем
Соловей: Соловья Соловью Соловьём
Гусь: Гуся Гусем
Лось: Лося Лосём
Коваль: Коваля Ковалю Ковалем
Кухарь: Кухаря Кухарем
Жук: Жука Жуком
Мазур: Мазура Мазуру Мазуром
Дубовец: Дубовца Дубовцу Дубовцом
Стрелец: Стрельца Стрельцу
Китаец: Китайца Китайцем
Малец: Мальца Мальцу
Козёл: Козла Козлом
Дрозд: Дрозда Дроздом
Гринчук: Гринчука Гринчуком Гринчуки
Ходорец: Ходорца Ходорцу
Лобзень: Лобзня Лобзнем Лобзеня
Цвирбуль: Цвирбуля Цвирбулем
Жолнерчик: Жолнерчика Жолнерчиком
# a surname that is another word's form, or declined otherwise
Ковал: Ковала Ковалу Ковалом
Заяц: Заяца Заяцем
Козёл: Козела
Рысь: Рысем
Журавель: Журавеля
Лебедин: Лебедина Лебединым Лебединой
# a name that no dictionary has
Цзиньпин: Цзиньпина Цзиньпину Цзиньпином
Шольц: Шольца Шольцем
Вучич: Вучича Вучичем
Науседа: Науседы Науседой
Гюнай: Гюная Гюнаем Гюнаю
Тойвия: Тойвии Тойвию Тойвией
Зульхана: Зульханы Зульхане Зульханой
Токаев: Токаева Токаеву Токаевым
Мирзиёев: Мирзиёева Мирзиёеву Мирзиёевым
Жумангарин: Жумангарина Жумангариным
Шерматов: Шерматова Шерматовым
Брнабич: Брнабича Брнабичем
Чжан: Чжана Чжану Чжаном
Жэнь: Жэня Жэню Жэнем
Снопков: Снопкова Снопковым
Сивак: Сивака Сиваком
Брунсберг: Брунсберга Брунсбергу Брунсберге
# towns and rivers
Минск: Минска Минску Минске
Орша: Орши Орше Оршу
Ганцевичи: Ганцевичей Ганцевичам Ганцевичах
Бездедовичи: Бездедовичей Бездедовичах
Шклярск: Шклярска Шклярске
Сморгонь: Сморгони Сморгонью
Лунинец: Лунинца Лунинце
Столбцы: Столбцов Столбцам Столбцах
Ивье: Ивья Ивью Ивьем
Барановичи: Барановичей Барановичам Барановичах
Жлобин: Жлобина Жлобине Жлобином
Ошмяны: Ошмян Ошмянам Ошмянах
Поставы: Постав Поставам Поставах
Шэньчжэнь: Шэньчжэня Шэньчжэне
Глубокое: Глубокого Глубоком
Зазерье: Зазерья Зазерьем
Мяндозеро: Мяндозера Мяндозере
# an abbreviation that is read as a word
ШОС: ШОСа ШОСу ШОСом ШОСе
МИД: МИДа МИДу МИДом МИДе
ТАСС: ТАССа ТАССом
ЦИК: ЦИКа ЦИКу
ГОСТ: ГОСТа ГОСТы ГОСТов ГОСТам
вуз: вуза вузы вузов вузам
# a new word, a brand, a short name of an office
хайп: хайпа хайпом
чатбот: чатбота чатботом чатботы чатботов чатботам
дропер: дропера дроперы дроперов
стейблкоин: стейблкоина стейблкоины стейблкоинов
цифровизатор: цифровизатора цифровизаторов цифровизатором
суперапп: супераппа супераппы супераппов супераппе
криптовалюта: криптовалюты криптовалютой криптовалют
импортозамещение: импортозамещения импортозамещением
телемедицина: телемедицины телемедицину телемедициной
блогер: блогера блогеры блогеров
кибермошенник: кибермошенники кибермошенников кибермошенникам
антифрод: антифрода антифродом
удалёнка: удаленки удаленке
блокчейн: блокчейна блокчейне блокчейном
флешка: флешки флешек флешку флешками
симка: симки симок симкой
маркетплейс: маркетплейса маркетплейсы маркетплейсов
дипфейк: дипфейка дипфейки дипфейков
Белтелеком: Белтелекома Белтелекому Белтелекоме
Ростелеком: Ростелекома Ростелекому Ростелекомом
Билайн: Билайна Билайном Билайне
Хуавэй: Хуавэя Хуавэю Хуавэем
Роскомнадзор: Роскомнадзора Роскомнадзором
Старлинк: Старлинка Старлинком
Белпочта: Белпочты Белпочте Белпочту Белпочтой
Госкомвоенпром: Госкомвоенпрома Госкомвоенпроме
Госкомимущество: Госкомимущества Госкомимуществу Госкомимуществом
могилевлянин: могилевляне могилевлян могилевлянам
кастомный: кастомная кастомного кастомным кастомные кастомнее кастомно
вайбовый: вайбовая вайбового вайбовых
# a compound with a known second half
супермикроскоп: супермикроскопа супермикроскопом супермикроскопов
нейросеть: нейросети нейросетей нейросетью
наипротивнейший: противный противного
нанотехнология: нанотехнологии нанотехнологий нанотехнологиями
евроокно: евроокна евроокон евроокнами
криптокошелёк: криптокошелька криптокошельков
нейрозеркало: нейрозеркала нейрозеркалом нейрозеркал
недополучить: недополучил недополученный недополучат
# a new verb
майнить: майню майнит майнят майнил майнила майнящий майнящего
гуглить: гуглю гуглит гуглил гуглили гуглите гугли
хайповать: хайпую хайпует хайповал хайповала хайпующий хайпуя
лайкать: лайкаю лайкает лайкал лайкают лайкающий
свайпнуть: свайпнул свайпнет свайпнула свайпни
репостить: репощу репостит репостил репощенный
деплоить: деплою деплоит деплоил деплоят
релоцироваться: релоцировался релоцируется релоцируются
забанить: забанил забанят забанен забаненный
кликбейтиться: кликбейтится кликбейтились кликбейтящаяся
"""

# Each line: a word, and words that are no forms of it.
APART = """
# aspect partners are other words
подписать: подписывать подписывает подписываю
запустить: запускать запускает
решить: решать решает
# so are derived words
связь: связист связной связывать связанный
министр: министерство министерский
Минск: минский минчанин минская
Гомель: гомельский гомельчанин
Бобровск: Бобровский Бобровская Бобровской Бобровского
Шклярск: шклярский шклярского
новый: новость новинка обновить
блокчейн: блокчейновый
Белпочта: почта
супермикроскоп: микроскоп
финансов: финансовый финансовой финансовым
годовой: годов
часов: часовой часовых
торгов: торговой торговый
налоговый: налогов
столовая: столов
# the village is not the man
Бородин: Бородином Бородино
Мухин: Мухином Мухино
Просвиров: Просвировом Просвирово
Пушкин: Пушкино
Иванов: Иваново Ивановом
Иваново: Иванов Ивановым Ивановых Ивановой
# a preposition, a conjunction or a pronoun is hardly ever a form of the word that it looks like
переть: при
пря: при
длить: для
узкий: уже
уж: уже
почтить: почти
хотеть: хотя
посол: после
благодарить: благодаря
спустить: спустя
Иза: из
Якоб: якобы
как: к
над: надо
имя: им
весить: весь
немой: нём
# another surname that begins alike
Шульга: Шульгана Шульгану Шульганом Шульган
Шульган: Шульга Шульги Шульгу Шульгой
Мазур: Мазуро Мазурок Мазурин
Мазура: Мазуро
Мазуро: Мазур Мазура Мазуру Мазуром
Шевченко: Шевченк Шевченка Шевченкой
Ляшко: Ляшка Ляшкой Ляшк
Дубинко: Дубинка Дубинку Дубинкой
Коваль: Ковальчук Коваленко Ковалёв Ковалёнок
Ковалёнок: Коваленко Коваль
Кравченя: Кравченко Кравчук Кравец
Савёнок: Савенко Савич
Гринчук: Гринь Гринченко
Ткач: Ткачук Ткаченко Ткачёва Ткачёвым
Лукашевич: Лукаш Лукашенко Лукашов
Мицкевич: Мицкев
Янукевич: Янукович Янук
Ятусевич: Ятусь
Бурак: Бураковский
Заяц: Зайцева Зайцевой
Соловей: Соловьёва Соловьёвым
Гусь: Гусева Гусак
Жук: Жуковский Жукова Жуковым
Козёл: Козлова Козловский Козловым
Дубовец: Дубов Дуб Дубовик
Залесский: Залесск Залеский
Просвиров: Просвирин Просвирнин
Сас: Сасин Саша
Лось: Лосев Лосева
# an abbreviation is no word's form
ШОС: шоссе ШОСпорт шоссейный
РСС: РС россия
МСЭ: МС МСЭК
США: Саша
МИД: мидия мидии
ЕЭК: ЕЭ
ОАЦ: ОАО
# й is never и, and a short word is not a long one
войн: воин воином
Гай: Гаити
# what only looks alike
стол: столб столбом
банк: банкет банкир
порт: портал портрет
такт: тактик
гость: ГОСТ ГОСТы
суд: судно
флешка: флешмоб
хайп: хайпер
майнить: майнер майнеры
гуглить: гугл
лайкать: лайкнуть
кастомный: кастомизация
маркетплейс: маркетинг
могилевлянин: Могилёв
Штернин: Штерн
Зульхана: Зульфия
Гюнай: Гюнель
"""


def pairs(table: str) -> Iterator[tuple[str, str, str]]:
    """(word, other, reason) of each line of a table."""
    reason = ""
    for line in table.strip().splitlines():
        if line.startswith("#"):
            reason = line.removeprefix("# ")
        else:
            word, others = line.split(":")
            for other in others.split():
                yield word, other, reason


def met(one: str, other: str) -> bool:
    return bool(russian.keys(fold(one)) & russian.keys(fold(other)))


@pytest.mark.parametrize(("word", "form", "reason"), list(pairs(TOGETHER)))
def test_a_form_of_a_word_is_met(word: str, form: str, reason: str) -> None:
    assert met(word, form), reason


@pytest.mark.parametrize(("word", "other", "reason"), list(pairs(APART)))
def test_another_word_is_not_met(word: str, other: str, reason: str) -> None:
    assert not met(word, other), reason


def test_what_is_too_long_for_a_word_stands_for_itself() -> None:
    glued = "министр" * 9
    assert russian.keys(glued) == {glued}
    assert not met(glued, glued + "ом")


@pytest.mark.parametrize(
    ("word", "known"), [("связь", True), ("людьми", True), ("еще", True), ("шульган", False), ("рсс", False), ("хайп", False)]
)
def test_the_dictionary_tells_what_it_has(word: str, known: bool) -> None:
    assert russian.is_known(word) is known


def test_threads_that_ask_at_once_are_told_the_same() -> None:
    words = [fold(word) for word, _, _ in pairs(TOGETHER)] * 3
    alone = [russian.keys(word) for word in words]
    with ThreadPoolExecutor(8) as pool:
        assert all(list(pool.map(russian.keys, words)) == alone for _ in range(2))


@given(st.text("абвгдежзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=70))
def test_any_letters_have_keys_of_letters(word: str) -> None:
    found = russian.keys(word)
    assert found
    assert all(re.fullmatch(r"[а-я]+(\+[A-Za-z])?", key) for key in found)
    assert russian.keys(word) == found


# --- the rules for unknown words, on words that the dictionary knows, as if it did not ---

# Words that begin with these are some thousands, of all kinds.
BEGINNINGS = ("бар", "гал", "дем", "зел", "кон", "лит", "мар", "нов", "пар", "рос", "сал", "тур", "ших")
KINDS = {"Surn": "surnames", "Name": "given names", "Geox": "places", "Orgn": "organisations"}
NOT_INFLECTED = frozenset(("Fixd", "Erro", "Dist", "Infr", "Arch", "Abbr", "Patr", "ADJS", "COMP", "Cmp2", "Poss"))
"""Marks of forms that are no others than the nominative, wrong, or of another word to us; short adjectives are few among new ones."""


@cache
def paradigms() -> dict[str, dict[str, set[str]]]:
    """Kind of word -> nominative -> its forms."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    analyzer = pymorphy3.MorphAnalyzer()
    for beginning in BEGINNINGS:
        for parse in analyzer.iter_known_word_parses(beginning):
            marks, nominative = {str(mark) for mark in parse.tag.grammemes}, fold(parse.normal_form)
            if len(nominative) > 3 and "-" not in parse.word and not marks & NOT_INFLECTED and (kind := kind_of(marks)):
                found[kind][nominative].add(fold(parse.word))
    return found


def kind_of(marks: set[str]) -> str | None:
    if "NOUN" in marks:
        named = [kind for mark, kind in KINDS.items() if mark in marks]
        return named[0] if named else "neuters" if "neut" in marks else "nouns"
    return "adjectives" if "ADJF" in marks else None


def is_village_or_man(nominative: str, form: str) -> bool:
    """«С Мухином» is decided against the man: not for these rules to find."""
    return nominative.endswith(("ов", "ев", "ин", "ын")) and form in {nominative + "ом", nominative + "ов"}


def unknown_keys(word: str) -> frozenset[str]:
    return unknown.keys(word, russian.is_owner)


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("surnames", 0.995),
        ("given names", 0.995),
        ("places", 0.98),
        ("organisations", 0.995),
        ("nouns", 0.99),
        ("neuters", 0.95),  # those on -ко, -ро, -до are held for surnames, which never change
        ("adjectives", 0.99),
    ],
)
def test_all_forms_of_a_word_that_were_unknown_would_meet_its_nominative(kind: str, least: float) -> None:
    words = paradigms()[kind]
    lost = {
        (nominative, form)
        for nominative, forms in words.items()
        for form in forms
        if not unknown_keys(nominative) & unknown_keys(form) and not is_village_or_man(nominative, form)
    }
    assert len(words) > 50
    assert 1 - len({nominative for nominative, _ in lost}) / len(words) >= least, sorted(lost)[:20]


def test_unknown_words_rarely_meet_forms_of_others() -> None:
    words = {nominative: forms for kind in ("surnames", "places", "nouns") for nominative, forms in paradigms()[kind].items()}
    bearers = defaultdict(set)
    for nominative, forms in words.items():
        for form in forms:
            for key in unknown_keys(form):
                bearers[key].add((nominative, form))
    false = {
        (nominative, form)
        for nominative in words
        for key in unknown_keys(nominative)
        for other, form in bearers[key]
        if nominative not in words[other] and form not in words[nominative]
    }
    assert len(false) / len(words) < 0.5, sorted(false)[:20]  # of some 30,000 forms, each word meets less than half a one
