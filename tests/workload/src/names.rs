//! Names that read like those of a real API: a namespace is an area of business, a resource is an area and a thing.

use crate::NAMESPACE;

const AREAS: [&str; 40] = [
    "Billing",
    "Shipping",
    "Catalog",
    "Support",
    "Payroll",
    "Travel",
    "Legal",
    "Market",
    "Warehouse",
    "Fleet",
    "Campus",
    "Clinic",
    "Energy",
    "Garden",
    "Harbor",
    "Hotel",
    "Insurance",
    "Library",
    "Museum",
    "Police",
    "Postal",
    "Rail",
    "Retail",
    "School",
    "Sport",
    "Studio",
    "Survey",
    "Theater",
    "Trade",
    "Transit",
    "Water",
    "Weather",
    "Welfare",
    "Wholesale",
    "Audit",
    "Loan",
    "Claim",
    "Event",
    "Media",
    "Mining",
];

const THINGS: [&str; 50] = [
    "Account",
    "Agreement",
    "Alert",
    "Appointment",
    "District",
    "Asset",
    "Badge",
    "Batch",
    "Bundle",
    "Budget",
    "Carrier",
    "Channel",
    "Contact",
    "Contract",
    "Counter",
    "Course",
    "Credit",
    "Customer",
    "Device",
    "Document",
    "Driver",
    "Estimate",
    "Fixture",
    "Forecast",
    "Incident",
    "Invoice",
    "Label",
    "Ledger",
    "License",
    "Location",
    "Machine",
    "Manual",
    "Member",
    "Meter",
    "Notice",
    "Offer",
    "Package",
    "Partner",
    "Payment",
    "Permit",
    "Project",
    "Receipt",
    "Record",
    "Report",
    "Request",
    "Route",
    "Sensor",
    "Ticket",
    "Vendor",
    "Vehicle",
];

/// What part of a thing a resource is about, so that a namespace has more resources than there are things.
const PARTS: [&str; 2] = ["", "Plan"];

/// A resource by its number.
pub(crate) struct Named {
    pub number: usize,
    /// `BillingInvoice`
    pub pascal: String,
    /// `billing_invoice`
    pub snake: String,
    /// `billing`
    pub namespace: String,
}

impl Named {
    pub fn new(number: usize) -> Named {
        let (space, within) = (number / NAMESPACE, number % NAMESPACE);
        let (area, round) = (pick(&AREAS, space), space / AREAS.len());
        // A second round over the areas is told by a number.
        let area = if round == 0 { area.to_owned() } else { format!("{area}{}", round + 1) };
        let words = [pick(&THINGS, within), pick(&PARTS, within / THINGS.len())];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let namespace = area.to_lowercase();
        Named {
            number,
            pascal: format!("{area}{}", words.concat()),
            snake: format!("{namespace}_{}", lower.join("_")),
            namespace,
        }
    }

    /// The resource before it; nothing before the first.
    pub fn before(&self) -> Option<Named> {
        self.number.checked_sub(1).map(Named::new)
    }

    /// The words of the name: `billing invoice`.
    pub fn words(&self) -> String {
        self.snake.replace('_', " ")
    }
}

fn pick<'a>(words: &[&'a str], number: usize) -> &'a str {
    words.get(number % words.len()).copied().unwrap_or_default()
}
