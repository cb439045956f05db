package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
)

// Union is what a union holds: pointers to its fields, of which one is set.
type Union struct {
	Variants []Variant
	// Unknown takes a variant of a later version; nil where there will be none.
	Unknown *json.RawMessage
}

// Variant is a variant of a union: its name on the wire, and a pointer to its field.
type Variant struct {
	Name string
	Of   any
}

// Encode writes the variant that is set: its fields, and beside them the member that tells the variants apart.
func (u Union) Encode(member string) ([]byte, error) {
	set := slices.DeleteFunc(slices.Clone(u.Variants), func(variant Variant) bool {
		return reflect.ValueOf(variant.Of).Elem().IsNil()
	})
	unknown := u.Unknown != nil && *u.Unknown != nil
	switch {
	case len(set) == 1 && !unknown:
		return encodeVariant(member, set[0].Name, reflect.ValueOf(set[0].Of).Elem().Interface())
	case len(set) == 0 && unknown:
		return *u.Unknown, nil
	case len(set) == 0:
		return nil, errors.New("a union has no variant: set one of its fields")
	default:
		return nil, errors.New("a union has several variants: set one of its fields alone")
	}
}

// Decode reads the variant that the member names.
func (u Union) Decode(member string, data []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil || members == nil {
		return err
	}
	var name string
	if err := json.Unmarshal(members[member], &name); err != nil {
		return fmt.Errorf("the member %q names no variant: %w", member, err)
	}
	found := false
	for _, variant := range u.Variants {
		field := reflect.ValueOf(variant.Of).Elem()
		field.SetZero()
		if variant.Name != name {
			continue
		}
		found = true
		if err := json.Unmarshal(data, variant.Of); err != nil {
			return err
		}
	}
	if u.Unknown != nil {
		*u.Unknown = nil
	}
	switch {
	case found:
		return nil
	case u.Unknown == nil:
		return fmt.Errorf("there is no variant %q", name)
	default:
		*u.Unknown = bytes.Clone(data)
		return nil
	}
}

func encodeVariant(member, name string, fields any) ([]byte, error) {
	encoded, err := Encode(fields)
	if err != nil {
		return nil, err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(encoded, &members); err != nil {
		return nil, err
	}
	if members[member], err = Encode(name); err != nil {
		return nil, err
	}
	return Encode(members)
}
