//! Which package needs which: names that must agree, circles, and the order in which they are checked.

use atlas9_diagnostics::{Diagnostic, Span, codes};

use super::Package;

/// One package's need of another.
#[derive(Clone, Debug)]
pub(super) struct Need {
    to: usize,
    /// The key in `atlas.yaml`.
    key: Span,
    /// True where it closes a circle: then it counts as not read.
    cut: bool,
}

impl Package {
    /// Enters that a member needs another one, which it calls `name`.
    pub fn need(&mut self, from: usize, name: &str, to: usize) {
        let Some(key) = self.members[from].config.dependencies.get(name).and_then(|it| it.path.span) else {
            return;
        };
        let wrong = self.other_name(name, to, key).or_else(|| self.same_name(to, key));
        self.members[from].needs.push(Need { to, key, cut: false });
        self.diagnostics.extend(wrong);
    }

    /// Enters that a dependency could not be read, and why.
    pub fn lose(&mut self, from: usize, why: Diagnostic) {
        self.members[from].lost = true;
        self.diagnostics.push(why);
    }

    fn other_name(&self, name: &str, to: usize, key: Span) -> Option<Diagnostic> {
        let member = self.members.get(to).filter(|member| member.name() != name && !member.lost)?;
        let real = member.name();
        let wrong = Diagnostic::error(
            codes::E0016,
            format!("the package in `{}` is called `{real}`, not `{name}`", member.folder),
        )
        .at(key, "another name")
        .help(format!("write `{real}: {}`", member.folder));
        Some(match member.config.name.span {
            Some(span) => wrong.and(span, "its name"),
            None => wrong,
        })
    }

    /// A name stands for one package, whoever uses it.
    fn same_name(&self, to: usize, key: Span) -> Option<Diagnostic> {
        let member = self.members.get(to)?;
        let other = self.members.iter().take(to).find(|other| other.name() == member.name())?;
        let folder = |folder: &str| if folder.is_empty() { ".".to_owned() } else { folder.to_owned() };
        let message = format!("two packages are called `{}`", member.name());
        let named = other.config.name.span.unwrap_or(other.start());
        Some(
            Diagnostic::error(codes::E0018, message)
                .at(key, format!("in `{}`", folder(&member.folder)))
                .and(named, format!("in `{}`", folder(&other.folder)))
                .help("give one of them another name, or use the same folder everywhere"),
        )
    }

    /// Reports circles and opens each where it closes. To be called once everything is read.
    pub fn settle(&mut self) {
        let mut done = vec![false; self.members.len()];
        // The way from the package to where the walk stands, and the next need to follow at each step.
        let mut way = vec![(0, 0)];
        while let Some((at, next)) = way.last_mut() {
            let at = *at;
            let Some(need) = self.members[at].needs.get_mut(*next) else {
                done[at] = true;
                way.pop();
                continue;
            };
            *next += 1;
            if let Some(position) = way.iter().position(|(member, _)| *member == need.to) {
                need.cut = true;
                let key = need.key;
                let wrong = self.circle(&way[position..], key);
                self.lose(at, wrong);
            } else if !done[need.to] {
                way.push((need.to, 0));
            }
        }
    }

    /// Each step is a member and the number of the need behind the one that leads on.
    fn circle(&self, steps: &[(usize, usize)], closes: Span) -> Diagnostic {
        let names: Vec<&str> =
            steps.iter().chain(steps.first()).map(|(at, _)| self.members[*at].name()).collect();
        if let [name, _] = names.as_slice() {
            return Diagnostic::error(codes::E0017, format!("`{name}` depends on itself"))
                .at(closes, "this is the package itself")
                .help("remove the line: a package sees its own namespaces");
        }
        let message = format!("packages depend on one another in a circle: {}", names.join(" -> "));
        let wrong = Diagnostic::error(codes::E0017, message).at(closes, "this closes the circle");
        let keys = steps.iter().zip(&names[1..]).take(steps.len() - 1).filter_map(|((at, next), name)| {
            let need = self.members[*at].needs.get(next.checked_sub(1)?)?;
            Some((need.key, format!("`{}` depends on `{name}`", self.members[*at].name())))
        });
        keys.fold(wrong, |wrong, (key, text)| wrong.and(key, text))
            .help("move what they share into a package of its own that both depend on")
    }

    /// The members that are needed, each behind those that it needs; the package itself is the last.
    pub fn order(&self) -> Vec<usize> {
        let mut seen = vec![false; self.members.len()];
        let mut order = Vec::new();
        let mut way = vec![(0, 0)];
        seen[0] = true;
        while let Some((at, next)) = way.last_mut() {
            match self.members[*at].needs.get(*next) {
                Some(need) => {
                    *next += 1;
                    if !std::mem::replace(&mut seen[need.to], true) {
                        way.push((need.to, 0));
                    }
                }
                None => {
                    order.push(*at);
                    way.pop();
                }
            }
        }
        order
    }

    /// A package without files declares nothing that is known: whoever needs it may use more.
    pub(crate) fn lose_empty(&mut self, order: &[usize]) {
        for index in order {
            let empty = |need: &Need| self.members[need.to].files.is_empty();
            self.members[*index].lost |= self.members[*index].needs.iter().any(empty);
        }
    }

    /// The folders of the packages that a member needs itself.
    pub fn needs(&self, member: usize) -> impl Iterator<Item = &str> {
        self.members[member]
            .needs
            .iter()
            .filter(|need| !need.cut)
            .map(|need| self.members[need.to].folder.as_str())
    }
}
