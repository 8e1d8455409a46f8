import Type from 'typebox'
import { TooManyRequests } from '../errors.ts'
import { Closed, OneOf } from '../objects/common.ts'
import { SiteLanguage, SiteProfileFile } from '../objects/site.ts'
import { operation } from '../operation.ts'

const tag = 'site'
/** A rule set of a hundred thousand lines. */
const mostRuleSetBytes = 20 * 1024 * 1024

export const planSite = operation({
  id: 'planSite',
  method: 'POST',
  path: '/api/v1/site/plans',
  tag,
  summary:
    'What a site needs: openings, names, bandwidth, lines, machines, licences, calendar, each line with its reason',
  access: 'user',
  body: Closed({ profile: SiteProfileFile, language: Type.Optional(SiteLanguage) }),
  reply: Closed(
    {
      plan: Type.Unsafe<Record<string, unknown>>({ type: 'object', title: 'SitePlan' }),
      text: Type.String({ description: 'The same in words.' }),
    },
    { title: 'SitePlanReply' },
  ),
})

export const writeSiteRules = operation({
  id: 'writeSiteRules',
  method: 'POST',
  path: '/api/v1/site/rules',
  tag,
  summary: 'The openings of a site as a file for a firewall',
  access: 'user',
  body: Closed({
    profile: SiteProfileFile,
    device: Type.String({ maxLength: 40, description: 'One of those that `GET /api/v1/site/devices` names.' }),
    language: Type.Optional(SiteLanguage),
  }),
  reply: Closed(
    {
      name: Type.String({ description: 'For the file.' }),
      mediaType: Type.String(),
      text: Type.String(),
      cannot: Type.Array(
        Closed({
          openingId: Type.String(),
          sentence: Type.String({ description: 'What the device cannot express, and what to do instead.' }),
        }),
      ),
      notes: Type.Array(Type.String()),
    },
    { title: 'SiteRules' },
  ),
})

export const compareSiteRules = operation({
  id: 'compareSiteRules',
  method: 'POST',
  path: '/api/v1/site/rule-checks',
  tag,
  summary: 'What is missing in a rule set, and what is too open',
  access: 'user',
  bodyLimitBytes: mostRuleSetBytes,
  body: Closed({
    profile: SiteProfileFile,
    format: OneOf(['nftables', 'iptables-save', 'csv'], 'How the rule set is written.'),
    rules: Type.String({ maxLength: mostRuleSetBytes, description: 'The rule set.' }),
    language: Type.Optional(SiteLanguage),
  }),
  reply: Closed(
    {
      comparison: Type.Unsafe<Record<string, unknown>>({ type: 'object', title: 'RuleComparison' }),
      text: Type.String({ description: 'The same in words.' }),
    },
    { title: 'SiteRuleCheck' },
  ),
  errors: [TooManyRequests],
})
