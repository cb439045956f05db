/** Answers that hold some fields of what they are about. */

/**
 * What is answered where fields are named: these, and what is embedded besides. Without names it is all of them; of names that only
 * the running program knows, any may be missing.
 */
export type SelectedFields<Model, Names, Embedded extends keyof Model = never> = Names extends readonly (keyof Model)[]
  ? number extends Names["length"]
    ? Partial<Pick<Model, Names[number] | Embedded>>
    : Pick<Model, Names[number] | Embedded>
  : Model;
