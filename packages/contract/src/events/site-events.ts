import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const site = { siteId: Type.String(), name: Type.String() }
const by = Type.String({ description: '`user:<id>`' })

/** What happens to sites and what they have to meet. */
export const siteEvents: readonly EventKind[] = [
  {
    kind: 'site.changed',
    summary: 'Somebody made or changed a site.',
    audience: 'administrator',
    data: Type.Object({ ...site, by, isNew: Type.Boolean() }),
  },
  {
    kind: 'site.removed',
    summary: 'Somebody removed a site with its reports.',
    audience: 'administrator',
    data: Type.Object({ ...site, by }),
  },
  {
    kind: 'site.invited',
    summary: 'Somebody made a link with which reports of a site can be sent without login.',
    audience: 'administrator',
    data: Type.Object({ ...site, by, invitation: Type.String(), expiresAtMs: Type.Number() }),
  },
  {
    kind: 'site.invitationEnded',
    summary: 'Somebody took a link of a site back.',
    audience: 'administrator',
    data: Type.Object({ ...site, by, invitation: Type.String() }),
  },
  {
    kind: 'site.reported',
    summary: 'A report of a site came: its verdict, and by whom or by which link.',
    audience: 'administrator',
    data: Type.Object({
      ...site,
      by: Type.String({ description: '`user:<id>` or `invitation:<id>`' }),
      report: Type.String(),
      verdict: Type.String(),
      address: Type.Optional(Type.String()),
    }),
  },
  {
    kind: 'site.expiryWarned',
    summary:
      'A secret, consent or certificate of a site ends in 60, 30, 14, 7 or 1 days, or has ended. Told once each.',
    audience: 'administrator',
    data: Type.Object({
      ...site,
      requirement: Type.String(),
      subject: Type.String(),
      notAfter: Type.String({ description: 'Day.' }),
      owner: Type.String({ description: 'Mail address.' }),
      daysLeft: Type.Number({ description: 'Below zero: ended.' }),
    }),
  },
  {
    kind: 'site.evidenceAged',
    summary: 'What a site has to meet has changed since it was proven, or its evidence has grown old. Told once each.',
    audience: 'administrator',
    data: Type.Object({
      ...site,
      reason: Type.String({ description: '`changed` or `stale`' }),
      requirements: Type.Array(Type.String()),
      catalogue: Type.String({ description: '`id@version`' }),
    }),
  },
  {
    kind: 'site.published',
    summary: 'A version of a catalogue of requirements was published.',
    audience: 'administrator',
    data: Type.Object({ catalogue: Type.String(), version: Type.String(), by: Type.Optional(by) }),
  },
]
