import type { Condition } from '../catalogue/condition.ts'
import type { CheckName, Requirement, RequirementBody, Window } from '../catalogue/requirement.ts'

/** A section of a document, or a section with what it says otherwise than another. */
export type Source = string | readonly [section: string, says: string]

/** A requirement as our catalogues write it down: what is usual is left out. */
export interface Draft {
  readonly id: string
  readonly title: string
  /** Sections of each edition of the document that ask for it; an edition that is not named does not ask for it. */
  readonly at: Readonly<Record<string, readonly Source[]>>
  readonly lost: string
  readonly body: RequirementBody
  /** Always, if absent. */
  readonly when?: Condition
  /** `conditional` with a condition and `required` without, if absent. */
  readonly level?: Requirement['level']
  /** The customer, if absent. */
  readonly by?: Requirement['responsible']
  readonly window?: Window
  readonly checks?: readonly CheckName[]
  readonly unverifiable?: string
  /** Those that the edition does not have are left out. */
  readonly conflictsWith?: readonly string[]
  readonly conflict?: string
}

/** The requirements of one edition of a document, in the order of their drafts. */
export function requirementsOfEdition(
  drafts: readonly Draft[],
  document: string,
  edition: string,
): readonly Requirement[] {
  const present = drafts.filter(({ at }) => Object.hasOwn(at, edition))
  const ids = new Set(present.map(({ id }) => id))
  return present.map((draft) => {
    const conflictsWith = draft.conflictsWith?.filter((id) => ids.has(id)) ?? []
    const stands = draft.conflict !== undefined && (conflictsWith.length > 0 || !draft.conflictsWith)
    return {
      id: draft.id,
      title: draft.title,
      level: draft.level ?? (draft.when === undefined ? 'required' : 'conditional'),
      appliesWhen: draft.when ?? 'always',
      lostIfMissing: draft.lost,
      responsible: draft.by ?? 'customer',
      ...(draft.window && { window: draft.window }),
      provenance: draft.at[edition]!.map((source) =>
        typeof source === 'string'
          ? { document, version: edition, section: source }
          : { document, version: edition, section: source[0], says: source[1] },
      ),
      ...(conflictsWith.length > 0 && { conflictsWith }),
      ...(stands && { conflict: draft.conflict }),
      checks: draft.checks ?? [],
      ...(draft.unverifiable !== undefined && { unverifiable: draft.unverifiable }),
      body: draft.body,
    }
  })
}

/** Why nothing inside the site can prove it; for the reasons that come again and again. */
export const notProvable = {
  incoming: 'The connection begins outside the site; only the provider can try it.',
  agreed: 'A matter between people: no machine at the site can see whether it was arranged.',
  installed: 'What is installed on each computer is not visible to a check of the network.',
  cloud: 'It stands in the cloud directory of the customer, which a check at the site has no access to.',
  cabling: 'Cabling and switches have to be looked at; a measurement through them shows symptoms only.',
  device: 'What a device is able to do is not visible from another machine of the network.',
} as const
