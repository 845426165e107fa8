//! Bodies as the styles name them.

use super::CitedUnit;

/// The names of an issuing body: short as in the metadata, full, in OSCOLA and Bluebook form, in Russian.
pub(super) struct Body {
    short: &'static str,
    full: &'static str,
    oscola: &'static str,
    bluebook: &'static str,
    russian: &'static str,
}

impl Body {
    pub fn full(&self) -> &'static str {
        self.full
    }
    pub fn oscola(&self) -> &'static str {
        self.oscola
    }
    pub fn bluebook(&self) -> &'static str {
        self.bluebook
    }
    pub fn russian(&self) -> &'static str {
        self.russian
    }
}

/// The bodies in the order of their short names. Bluebook forms follow its tables T6 and T13.
pub(super) const BODIES: [Body; 15] = [
    Body {
        short: "CAT",
        full: "Committee against Torture",
        oscola: "UN Committee Against Torture",
        bluebook: "Comm. Against Torture",
        russian: "Комитет против пыток",
    },
    Body {
        short: "CCPR",
        full: "Human Rights Committee",
        oscola: "UN Human Rights Committee",
        bluebook: "Hum. Rts. Comm.",
        russian: "Комитет по правам человека",
    },
    Body {
        short: "CED",
        full: "Committee on Enforced Disappearances",
        oscola: "UN Committee on Enforced Disappearances",
        bluebook: "Comm. on Enforced Disappearances",
        russian: "Комитет по насильственным исчезновениям",
    },
    Body {
        short: "CEDAW",
        full: "Committee on the Elimination of Discrimination against Women",
        oscola: "UN Committee on the Elimination of Discrimination Against Women",
        bluebook: "Comm. on the Elimination of Discrimination Against Women",
        russian: "Комитет по ликвидации дискриминации в отношении женщин",
    },
    Body {
        short: "CERD",
        full: "Committee on the Elimination of Racial Discrimination",
        oscola: "UN Committee on the Elimination of Racial Discrimination",
        bluebook: "Comm. on the Elimination of Racial Discrimination",
        russian: "Комитет по ликвидации расовой дискриминации",
    },
    Body {
        short: "CESCR",
        full: "Committee on Economic, Social and Cultural Rights",
        oscola: "UN Committee on Economic, Social and Cultural Rights",
        bluebook: "Comm. on Econ., Soc. & Cultural Rts.",
        russian: "Комитет по экономическим, социальным и культурным правам",
    },
    Body {
        short: "CMW",
        full: "Committee on Migrant Workers",
        oscola: "UN Committee on Migrant Workers",
        bluebook: "Comm. on Migrant Workers",
        russian: "Комитет по трудящимся-мигрантам",
    },
    Body {
        short: "CRC",
        full: "Committee on the Rights of the Child",
        oscola: "UN Committee on the Rights of the Child",
        bluebook: "Comm. on the Rts. of the Child",
        russian: "Комитет по правам ребенка",
    },
    Body {
        short: "CRPD",
        full: "Committee on the Rights of Persons with Disabilities",
        oscola: "UN Committee on the Rights of Persons with Disabilities",
        bluebook: "Comm. on the Rts. of Persons with Disabilities",
        russian: "Комитет по правам инвалидов",
    },
    Body {
        short: "ECtHR",
        full: "European Court of Human Rights",
        oscola: "ECtHR",
        bluebook: "Eur. Ct. H.R.",
        russian: "Европейский суд по правам человека",
    },
    Body {
        short: "GA", full: "General Assembly", oscola: "UNGA", bluebook: "G.A.", russian: "Генеральная Ассамблея"
    },
    Body {
        short: "HRC",
        full: "Human Rights Council",
        oscola: "UN Human Rights Council",
        bluebook: "Hum. Rts. Council",
        russian: "Совет по правам человека",
    },
    Body {
        short: "OHCHR",
        full: "Office of the United Nations High Commissioner for Human Rights",
        oscola: "OHCHR",
        bluebook: "Off. of the U.N. High Comm'r for Hum. Rts.",
        russian: "Управление Верховного комиссара ООН по правам человека",
    },
    Body {
        short: "SC", full: "Security Council", oscola: "UNSC", bluebook: "S.C.", russian: "Совет Безопасности"
    },
    Body {
        short: "SPT",
        full: "Subcommittee on Prevention of Torture",
        oscola: "UN Subcommittee on Prevention of Torture",
        bluebook: "Subcomm. on Prevention of Torture",
        russian: "Подкомитет по предупреждению пыток",
    },
];

/// The issuing body in the form that `form` picks, or as the metadata give it.
pub(super) fn body(unit: &CitedUnit<'_>, form: fn(&Body) -> &'static str) -> String {
    let Some(short) = unit.metadata.body.as_deref() else { return String::new() };
    let known = BODIES.iter().find(|body| body.short.eq_ignore_ascii_case(short));
    known.map_or_else(|| short.to_owned(), |body| form(body).to_owned())
}
