//! Whose rows a session reaches.

use std::sync::Arc;

use super::{Bind, Broken};
use crate::Problem;

/// What stands in the text of a statement for the tenant. Names of a schema have no `$`, and values are bound.
pub(crate) const TENANT: &str = "$tenant";

/// Whose rows a session reaches, beside those that are shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Reach {
    /// Nobody's: the caller has no tenant, or there are none in the service.
    #[default]
    Shared,
    /// One tenant's.
    Tenant(Bind),
    /// Everybody's: the server works for itself.
    Every,
}

impl Reach {
    /// The text with a placeholder for the tenant behind the others, and the tenant bound to it.
    ///
    /// # Errors
    /// 403 where the text asks for a tenant's rows and there is no tenant.
    pub(super) fn pinned(
        &self,
        text: Arc<str>,
        mut binds: Vec<Bind>,
    ) -> Result<(Arc<str>, Vec<Bind>), Broken> {
        if !text.contains(TENANT) {
            return Ok((text, binds));
        }
        let Reach::Tenant(tenant) = self else { return Err(Broken::Other(Problem::tenant_required())) };
        binds.push(tenant.clone());
        Ok((Arc::from(text.replace(TENANT, &format!("${}", binds.len()))), binds))
    }

    /// What tells PostgreSQL's row security, as statements behind `BEGIN`. A transaction's end takes it back.
    pub(super) fn settings(&self) -> String {
        match self {
            Reach::Shared => String::new(),
            Reach::Every => format!("; {}", every(true)),
            Reach::Tenant(tenant) => {
                // In hexadecimal digits no text can end the literal.
                let hex: String = text(tenant).bytes().map(|byte| format!("{byte:02x}")).collect();
                format!(
                    "; SELECT set_config('atlas9.tenant', convert_from(decode('{hex}', 'hex'), 'UTF8'), true)"
                )
            }
        }
    }
}

/// Opens or closes the rows of every tenant to a transaction.
pub(super) fn every(open: bool) -> &'static str {
    match open {
        true => "SET LOCAL atlas9.every_tenant = 'on'",
        false => "SET LOCAL atlas9.every_tenant = 'off'",
    }
}

fn text(tenant: &Bind) -> String {
    match tenant {
        Bind::Uuid(value) => value.to_string(),
        Bind::Int(value) => value.to_string(),
        Bind::Text(value) => value.clone(),
        // No other type names a tenant; the empty text is nobody's.
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binds_the_tenant_behind_the_rest() {
        let reach = Reach::Tenant(Bind::Int(7));
        let text = Arc::from("a = $1 AND t = $tenant AND u = $tenant");
        let (text, binds) = reach.pinned(text, vec![Bind::Int(1)]).expect("there is a tenant");
        assert_eq!(&*text, "a = $1 AND t = $2 AND u = $2");
        assert_eq!(binds, [Bind::Int(1), Bind::Int(7)]);
    }

    #[test]
    fn is_closed_without_a_tenant() {
        for reach in [Reach::Shared, Reach::Every] {
            let refused = reach.pinned(Arc::from("t = $tenant"), Vec::new());
            assert!(matches!(refused, Err(Broken::Other(problem)) if problem.code() == "tenant_required"));
            assert!(reach.pinned(Arc::from("1 = 1"), Vec::new()).is_ok());
        }
    }

    #[test]
    fn no_tenant_is_read_as_sql() {
        let settings = Reach::Tenant(Bind::Text("x', true); DROP TABLE books; --".into())).settings();
        assert_eq!(settings.matches('\'').count(), 8, "{settings}");
        assert!(!settings.contains("DROP"));
    }
}
