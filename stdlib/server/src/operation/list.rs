//! A page of rows.

use std::borrow::Cow;

use super::{Answer, Next, find};
use crate::list::{ListRequest, count, few, page, probe};
use crate::plan::Plan;
use crate::row::{FIRST, cell_value};
use crate::server::Shared;
use crate::store::Row;
use crate::{Cx, Problem, Value};

/// The rows of a page.
pub(crate) async fn rows(
    cx: &mut Cx,
    plan: &Plan,
    path: &[Value],
    request: &ListRequest,
) -> Result<Answer, Problem> {
    let dialect = cx.dialect();
    let request = &narrowed(cx, plan, request).await?;
    let mut rows = cx.session().await?.rows(page(plan, dialect, path, request)).await?;
    if rows.is_empty() {
        // Only an empty page leaves open whether the parent is there.
        find::parent(cx, plan, path).await?;
    }
    let limit = usize::try_from(request.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = match (request.page, rows.last()) {
        (Some(page), _) => Next::Page(if more { page.checked_add(1) } else { None }),
        (None, Some(last)) if more => Next::Cursor(Some(cursor(&cx.shared, plan, request, last).await?)),
        (None, _) => Next::Cursor(None),
    };
    let count = if request.count {
        let row = cx.session().await?.row(count(plan, dialect, path, request)).await?;
        Some(row.map_or(Ok(0), |row| row.number(0))?.unsigned_abs())
    } else {
        None
    };
    Ok(Answer::Rows { rows, next, count })
}

/// The request with the index behind `q`, where that is worth asking.
async fn narrowed<'r>(
    cx: &mut Cx,
    plan: &Plan,
    request: &'r ListRequest,
) -> Result<Cow<'r, ListRequest>, Problem> {
    let Some(probe) = probe(plan, cx.dialect(), request) else { return Ok(Cow::Borrowed(request)) };
    let row = cx.session().await?.row(probe).await?;
    let found = row.map_or(Ok(0), |row| row.number(0))?;
    Ok(Cow::Owned(ListRequest { narrow: few(found), ..request.clone() }))
}

async fn cursor(shared: &Shared, plan: &Plan, request: &ListRequest, last: &Row) -> Result<String, Problem> {
    let mut values = Vec::with_capacity(request.sort.len());
    for key in &request.sort {
        let Some(column) = plan.columns.get(key.column) else { continue };
        let cell = last.cell(key.column + FIRST, column.ty)?;
        values.push((cell_value(cell, column.ty, column.field)?, column.field));
    }
    Ok(shared.cursors().await?.make(request.fingerprint, &values))
}
