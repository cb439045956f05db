//! What a list can be filtered by, sorted by and searched in.

use atlas9_descriptor::{Expand, Field, List, Path, Resource, Scalar, SearchIndex, Type};

use super::columns::{Column, column_at, quoted};

/// A list, prepared.
pub(crate) struct ListPlan {
    pub(crate) list: &'static List,
    /// References that it can embed.
    pub(crate) expand: &'static [Expand],
    /// True where a request chooses the fields that it answers.
    pub(crate) fields: bool,
    pub(crate) filters: Vec<ListField>,
    pub(crate) sorts: Vec<ListField>,
    pub(crate) search: Vec<ListField>,
    /// How SQLite finds what is searched.
    pub(crate) index: Option<SearchPlan>,
}

/// A field in a query.
pub(crate) struct ListField {
    /// Its name in a query: wire names with points between, `price.amount`.
    pub(crate) wire: String,
    /// The place of its column.
    pub(crate) column: usize,
    pub(crate) ty: &'static Type,
    pub(crate) nullable: bool,
    /// What is on its way out of the names in its path, with what declares it.
    pub(crate) deprecated: Vec<(&'static str, &'static Field)>,
    /// Scopes without which the caller must not learn its values.
    pub(crate) requires: Vec<&'static str>,
}

/// The index behind `q` in SQLite, prepared.
pub(crate) struct SearchPlan {
    /// The table of FTS5, in quotes.
    pub(crate) texts: String,
    /// That a row is among those that it finds, with ` AND ` before it; what is looked for and `)` have to follow. The own key is enough:
    /// the same one in another parent or for another tenant is found too, and is no row of this list.
    pub(crate) found: String,
    /// The place of each column with texts, and its name in the table of FTS5, in quotes.
    columns: Vec<(usize, String)>,
}

impl SearchPlan {
    /// The names of the columns at these places.
    pub(crate) fn columns_of(&self, places: &[usize]) -> impl Iterator<Item = &String> {
        self.columns.iter().filter(|(place, _)| places.contains(place)).map(|(_, name)| name)
    }
}

fn search_plan(resource: &Resource, index: &SearchIndex, searched: &[ListField]) -> Option<SearchPlan> {
    let key = quoted(resource.key_field()?.name);
    let (texts, rows, number) = (quoted(index.texts), quoted(index.rows), quoted(index.number));
    let found = format!(
        " AND t.{key} IN (SELECT r.{key} FROM {texts} s JOIN {rows} r ON r.{number} = s.rowid WHERE s.{texts} MATCH "
    );
    let columns = searched.iter().zip(index.columns).map(|(field, name)| (field.column, quoted(name)));
    Some(SearchPlan { columns: columns.collect(), texts, found })
}

/// The list of a resource, where it has one.
pub(super) fn list_plan(resource: &'static Resource, columns: &[Column]) -> Option<ListPlan> {
    let (list, operation) = resource.operations.iter().find_map(|operation| match &operation.kind {
        atlas9_descriptor::OperationKind::List(list) => Some((list, operation)),
        _ => None,
    })?;
    let fields = |paths: &[Path]| {
        paths.iter().filter_map(|path| list_field(resource, columns, path)).collect::<Vec<_>>()
    };
    let search = fields(list.search);
    Some(ListPlan {
        list,
        expand: operation.expand,
        fields: operation.fields,
        filters: fields(list.filter),
        sorts: fields(list.sort),
        index: list.search_index.and_then(|index| search_plan(resource, &index, &search)),
        search,
    })
}

fn list_field(resource: &'static Resource, columns: &[Column], path: &[&str]) -> Option<ListField> {
    let (index, column) = column_at(columns, resource.fields, path)?;
    let (mut wire, mut requires, mut deprecated) = (Vec::new(), Vec::new(), Vec::new());
    let (mut owner, mut inside) = (resource.name, resource.fields);
    for name in path {
        let field = inside.iter().find(|field| field.name == *name)?;
        wire.push(field.wire);
        requires.extend_from_slice(field.requires);
        deprecated.extend(field.deprecated.map(|_| (owner, field)));
        if let Type::Structure(structure) = field.ty {
            (owner, inside) = (structure.name, structure.fields.get());
        }
    }
    Some(ListField {
        wire: wire.join("."),
        column: index,
        ty: column.field,
        nullable: column.nullable,
        deprecated,
        requires,
    })
}

/// True when values of the type have an order that clients can ask for.
pub(crate) fn is_ordered(ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => !matches!(
            scalar,
            Scalar::Bool | Scalar::Uuid | Scalar::Bytes { .. } | Scalar::Duration | Scalar::Json
        ),
        _ => false,
    }
}
