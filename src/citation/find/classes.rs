//! The head words of instruments: "Convention", «Пакт».

use super::super::token::Text;
use super::Class;

/// Returns the class of an English head word in the singular.
pub(in super::super) fn english_class(word: &str) -> Option<Class> {
    Some(match word {
        "convention" | "convention's" => Class::Convention,
        "covenant" | "covenant's" => Class::Covenant,
        "protocol" | "protocol's" => Class::Protocol,
        "charter" => Class::Charter,
        "declaration" => Class::Declaration,
        "statute" => Class::Statute,
        "treaty" => Class::Treaty,
        _ => return None,
    })
}

pub(super) fn is_form_of(word: &str, noun: &str) -> bool {
    let ending = word.strip_prefix(noun);
    ending.is_some_and(|ending| matches!(ending, "" | "а" | "у" | "ом" | "е"))
}

pub(in super::super) fn russian_class(text: &Text<'_>, at: usize) -> Option<Class> {
    let word = text.norm(at);
    let feminine = |stem: &str| word.strip_prefix(stem).is_some_and(|ending| matches!(ending, "я" | "и" | "ю" | "ей"));
    if feminine("конвенци") {
        return Some(Class::Convention);
    }
    if feminine("хартии") || feminine("харти") {
        return Some(Class::Charter);
    }
    if feminine("деклараци") {
        return Some(Class::Declaration);
    }
    [
        ("пакт", Class::Covenant),
        ("протокол", Class::Protocol),
        ("устав", Class::Charter),
        ("статут", Class::Statute),
        ("договор", Class::Treaty),
    ]
    .into_iter()
    .find(|(noun, _)| is_form_of(word, noun))
    .map(|(_, class)| class)
}

/// Returns the class of an instrument by the head word of its first name.
pub(in super::super) fn class_of(names: &[&str]) -> Class {
    let Some(name) = names.first() else { return Class::Other };
    let mut optional = false;
    for word in name.split(' ') {
        let word = word.to_lowercase();
        if word == "optional" {
            optional = true;
        } else if let Some(class) = english_class(&word) {
            return if optional && class == Class::Protocol { Class::OptionalProtocol } else { class };
        }
    }
    Class::Other
}
