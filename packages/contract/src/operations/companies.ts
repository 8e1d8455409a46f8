import Type from 'typebox'
import { Conflict, StillInUse } from '../errors.ts'
import { Clearable, Closed, DomainName, Id, Page, pageQuery } from '../objects/common.ts'
import { Company, companyFields, Domain } from '../objects/company.ts'
import { operation } from '../operation.ts'

const tag = 'companies'
const params = { companyId: Id('The company.') }

export const listCompanies = operation({
  id: 'listCompanies',
  method: 'GET',
  path: '/api/v1/companies',
  tag,
  summary: 'Companies: the own one, or all for the operator',
  access: 'user',
  query: pageQuery,
  reply: Page(Company),
})

export const createCompany = operation({
  id: 'createCompany',
  method: 'POST',
  path: '/api/v1/companies',
  tag,
  summary: 'Make a company, with its first domain if named',
  access: 'operator',
  body: Closed({
    name: companyFields.name,
    country: Type.Optional(companyFields.country),
    timeZone: Type.Optional(companyFields.timeZone),
    limits: Type.Optional(companyFields.limits),
    emergencyNumbers: Type.Optional(companyFields.emergencyNumbers),
    mainNumber: Type.Optional(companyFields.mainNumber),
    oneClient: Type.Optional(companyFields.oneClient),
    spokenRefusals: Type.Optional(companyFields.spokenRefusals),
    offersCallBack: Type.Optional(companyFields.offersCallBack),
    tellsMonitored: Type.Optional(companyFields.tellsMonitored),
    allowedNetworks: Type.Optional(companyFields.allowedNetworks),
    directAudioNetworks: Type.Optional(companyFields.directAudioNetworks),
    callRetentionDays: Type.Optional(companyFields.callRetentionDays),
    customerRetentionDays: Type.Optional(companyFields.customerRetentionDays),
    mailRetentionDays: Type.Optional(companyFields.mailRetentionDays),
    domain: Type.Optional(DomainName('Its first SIP domain.')),
  }),
  status: 201,
  reply: Company,
  errors: [Conflict],
})

export const readCompany = operation({
  id: 'readCompany',
  method: 'GET',
  path: '/api/v1/companies/{companyId}',
  tag,
  summary: 'One company',
  access: 'user',
  params,
  reply: Company,
})

export const changeCompany = operation({
  id: 'changeCompany',
  method: 'PATCH',
  path: '/api/v1/companies/{companyId}',
  tag,
  summary: 'Change what is named of a company',
  description: 'The limits are changed by the operator alone.',
  access: 'administrator',
  params,
  body: Closed({
    name: Type.Optional(companyFields.name),
    country: Type.Optional(companyFields.country),
    timeZone: Clearable(companyFields.timeZone),
    limits: Type.Optional(companyFields.limits),
    emergencyNumbers: Type.Optional(companyFields.emergencyNumbers),
    mainNumber: Clearable(companyFields.mainNumber),
    oneClient: Type.Optional(companyFields.oneClient),
    spokenRefusals: Type.Optional(companyFields.spokenRefusals),
    offersCallBack: Type.Optional(companyFields.offersCallBack),
    tellsMonitored: Type.Optional(companyFields.tellsMonitored),
    allowedNetworks: Clearable(companyFields.allowedNetworks),
    directAudioNetworks: Clearable(companyFields.directAudioNetworks),
    callRetentionDays: Clearable(companyFields.callRetentionDays),
    customerRetentionDays: Clearable(companyFields.customerRetentionDays),
    mailRetentionDays: Clearable(companyFields.mailRetentionDays),
  }),
  reply: Company,
})

export const removeCompany = operation({
  id: 'removeCompany',
  method: 'DELETE',
  path: '/api/v1/companies/{companyId}',
  tag,
  summary: 'Remove a company with everything in it but its ledger',
  access: 'operator',
  params,
  errors: [StillInUse],
})

export const listDomains = operation({
  id: 'listDomains',
  method: 'GET',
  path: '/api/v1/domains',
  tag: 'domains',
  summary: "The company's SIP domains",
  access: 'user',
  query: pageQuery,
  reply: Page(Domain),
})

export const createDomain = operation({
  id: 'createDomain',
  method: 'POST',
  path: '/api/v1/domains',
  tag: 'domains',
  summary: 'Give the company a SIP domain',
  description: 'For the operator, because a domain is unique on the installation.',
  access: 'operator',
  body: Closed({ name: DomainName('The domain.') }),
  status: 201,
  reply: Domain,
  errors: [Conflict],
})

export const removeDomain = operation({
  id: 'removeDomain',
  method: 'DELETE',
  path: '/api/v1/domains/{name}',
  tag: 'domains',
  summary: 'Take a domain without users away',
  access: 'operator',
  params: { name: DomainName('The domain.') },
  errors: [StillInUse],
})
