import Type from 'typebox'
import { Conflict, TooManyRequests } from '../errors.ts'
import { Closed, Id, Page, pageQuery, Text } from '../objects/common.ts'
import { Site, SiteInvitation, SitePassport, SiteReportEntry, SiteReportFile, SiteWish } from '../objects/site.ts'
import { operation } from '../operation.ts'
import { InvitationGone } from '../site-errors.ts'

const tag = 'sites'
const access = 'administrator'
const params = { siteId: Id('The site.') }
/** A report of all checks in many segments. */
const mostReportBytes = 2 * 1024 * 1024

export const listSites = operation({
  id: 'listSites',
  method: 'GET',
  path: '/api/v1/sites',
  tag,
  summary: 'Sites of the company, by name',
  access,
  query: pageQuery,
  reply: Page(Site),
})

export const createSite = operation({
  id: 'createSite',
  method: 'POST',
  path: '/api/v1/sites',
  tag,
  summary: 'Make a site from its profile',
  access,
  body: SiteWish,
  status: 201,
  reply: Site,
  errors: [Conflict],
})

export const readSite = operation({
  id: 'readSite',
  method: 'GET',
  path: '/api/v1/sites/{siteId}',
  tag,
  summary: 'One site',
  access,
  params,
  reply: Site,
})

export const putSite = operation({
  id: 'putSite',
  method: 'PUT',
  path: '/api/v1/sites/{siteId}',
  tag,
  summary: 'Change a site; its reports stay and are judged by what it needs now',
  access,
  params,
  body: SiteWish,
  reply: Site,
})

export const removeSite = operation({
  id: 'removeSite',
  method: 'DELETE',
  path: '/api/v1/sites/{siteId}',
  tag,
  summary: 'Remove a site with its reports and links',
  access,
  params,
})

export const readSitePassport = operation({
  id: 'readSitePassport',
  method: 'GET',
  path: '/api/v1/sites/{siteId}/passport',
  tag,
  summary: 'Is the site ready? What its reports mean today, what expires, and how its real calls are',
  access,
  params,
  reply: SitePassport,
})

export const addSiteReport = operation({
  id: 'addSiteReport',
  method: 'POST',
  path: '/api/v1/sites/{siteId}/reports',
  tag,
  summary: 'Add a report of the probe or the verify page; it is judged anew',
  access,
  params,
  body: SiteReportFile,
  bodyLimitBytes: mostReportBytes,
  status: 201,
  reply: SiteReportEntry,
})

export const readSiteReport = operation({
  id: 'readSiteReport',
  method: 'GET',
  path: '/api/v1/sites/{siteId}/reports/{reportId}',
  tag,
  summary: 'One report with all its evidence, as it was sent',
  access,
  params: { ...params, reportId: Id('The report.') },
  reply: SiteReportFile,
})

export const inviteToSite = operation({
  id: 'inviteToSite',
  method: 'POST',
  path: '/api/v1/sites/{siteId}/invitations',
  tag,
  summary: 'Make a link to the verify page: whoever has it can send reports of this site without login',
  access,
  params,
  body: Closed({
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, description: 'How long it works; 14 by default.' })),
  }),
  status: 201,
  reply: Closed(
    { invitation: SiteInvitation, token: Text(100, 'Shown this once.'), path: Text(200, 'Of the verify page.') },
    { title: 'NewSiteInvitation' },
  ),
  errors: [TooManyRequests],
})

export const listSiteInvitations = operation({
  id: 'listSiteInvitations',
  method: 'GET',
  path: '/api/v1/sites/{siteId}/invitations',
  tag,
  summary: 'Links of a site that work; a hundred at most',
  access,
  params,
  reply: Closed({ items: Type.Array(SiteInvitation) }, { title: 'SiteInvitations' }),
})

export const endSiteInvitation = operation({
  id: 'endSiteInvitation',
  method: 'DELETE',
  path: '/api/v1/sites/{siteId}/invitations/{invitationId}',
  tag,
  summary: 'Take a link back',
  access,
  params: { ...params, invitationId: Id('The link.') },
})

export const sendReportByLink = operation({
  id: 'sendReportByLink',
  method: 'POST',
  path: '/api/v1/site/reports',
  tag,
  summary: 'Send a report of a site by its link, without login',
  access: 'anyone',
  body: Closed({ invitation: Text(100, 'The token of the link.'), report: SiteReportFile }),
  bodyLimitBytes: mostReportBytes,
  status: 201,
  reply: SiteReportEntry,
  errors: [InvitationGone, TooManyRequests],
})
