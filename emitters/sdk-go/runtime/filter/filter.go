// Package filter says which items a list shall hold.
//
// What may be asked of a field follows from its type: an order only where values have one, null only where it may be.
package filter

// Condition is what is asked of a field. Its operator is empty for equality; its values stand behind it, one or several.
type Condition struct {
	Operator string
	Values   []any
}

// Conditions are what is asked of a field: all of them hold.
type Conditions interface {
	Conditions() []Condition
}

// Field is what can be asked of values without an order: [Eq], [Ne] and [In].
type Field[T any] interface {
	Conditions
	field(T)
}

// Order is what can be asked of values with an order: beside that of [Field], [Lt], [Lte], [Gt], [Gte] and [All].
type Order[T any] interface {
	Conditions
	order(T)
}

// NullableField is [Field] for values that may be null: [IsNull] and [NotNull] besides.
type NullableField[T any] interface {
	Conditions
	nullableField(T)
}

// NullableOrder is [Order] for values that may be null: [IsNull] and [NotNull] besides.
type NullableOrder[T any] interface {
	Conditions
	nullableOrder(T)
}

// Equality is a condition that every field can meet.
type Equality[T any] struct{ asked []Condition }

// Comparison is a condition on values with an order.
type Comparison[T any] struct{ asked []Condition }

// Nullness is a condition on values that may be null.
type Nullness[T any] struct{ asked []Condition }

// Eq asks for this value.
func Eq[T any](value T) Equality[T] {
	return Equality[T]{one("", value)}
}

// Ne asks for any other value.
func Ne[T any](value T) Equality[T] {
	return Equality[T]{one("ne", value)}
}

// In asks for one of these values.
func In[T any](values ...T) Equality[T] {
	all := make([]any, 0, len(values))
	for _, value := range values {
		all = append(all, value)
	}
	return Equality[T]{[]Condition{{Operator: "in", Values: all}}}
}

// Lt asks for less.
func Lt[T any](value T) Comparison[T] {
	return Comparison[T]{one("lt", value)}
}

// Lte asks for this or less.
func Lte[T any](value T) Comparison[T] {
	return Comparison[T]{one("lte", value)}
}

// Gt asks for more.
func Gt[T any](value T) Comparison[T] {
	return Comparison[T]{one("gt", value)}
}

// Gte asks for this or more.
func Gte[T any](value T) Comparison[T] {
	return Comparison[T]{one("gte", value)}
}

// All asks for all of these: All(Gte(10), Lt(20)).
func All[T any](all ...Order[T]) Comparison[T] {
	var asked []Condition
	for _, each := range all {
		asked = append(asked, each.Conditions()...)
	}
	return Comparison[T]{asked}
}

// IsNull asks for null.
func IsNull[T any]() Nullness[T] {
	return Nullness[T]{one("null", true)}
}

// NotNull asks for any value.
func NotNull[T any]() Nullness[T] {
	return Nullness[T]{one("null", false)}
}

// Conditions gives the condition.
func (e Equality[T]) Conditions() []Condition { return e.asked }

// Conditions gives the conditions.
func (c Comparison[T]) Conditions() []Condition { return c.asked }

// Conditions gives the condition.
func (n Nullness[T]) Conditions() []Condition { return n.asked }

func (Equality[T]) field(T)           {}
func (Equality[T]) order(T)           {}
func (Equality[T]) nullableField(T)   {}
func (Equality[T]) nullableOrder(T)   {}
func (Comparison[T]) order(T)         {}
func (Comparison[T]) nullableOrder(T) {}
func (Nullness[T]) nullableField(T)   {}
func (Nullness[T]) nullableOrder(T)   {}

func one(operator string, value any) []Condition {
	return []Condition{{Operator: operator, Values: []any{value}}}
}
