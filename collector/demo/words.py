"""The words of the site's own furniture, in its three languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    ministry: str
    home: str
    news: str
    contacts: str
    all_news: str
    image: str
    file: str
    published: str
    more: str
    pages: str
    next: str
    last: str
    missing: str
    phone: str
    fax: str


WORDS = {
    "ru": Words(
        ministry="Министерство связи Примерии",
        home="Главная",
        news="Новости",
        contacts="Контакты",
        all_news="Все новости",
        image="Изображение",
        file="Файл",
        published="Опубликовано",
        more="Подробнее",
        pages="Страницы",
        next="следующая ›",
        last="последняя »",
        missing="Страница не найдена",
        phone="Тел.:",
        fax="Факс:",
    ),
    "be": Words(
        ministry="Міністэрства сувязі Прымерыі",
        home="Галоўная",
        news="Навіны",
        contacts="Кантакты",
        all_news="Усе навіны",
        image="Малюнак",
        file="Файл",
        published="Апублікавана",
        more="Падрабязней",
        pages="Старонкі",
        next="наступная ›",
        last="апошняя »",
        missing="Старонка не знойдзена",
        phone="Тэл.:",
        fax="Факс:",
    ),
    "en": Words(
        ministry="Ministry of Communications of Primeria",
        home="Home",
        news="News",
        contacts="Contacts",
        all_news="All news",
        image="Image",
        file="File",
        published="Submitted",
        more="Read more",
        pages="Pages",
        next="next ›",
        last="last »",
        missing="Page not found",
        phone="Phone:",
        fax="Fax:",
    ),
}

SWITCHER = {"ru": "Рус", "be": "Бел", "en": "Eng"}
