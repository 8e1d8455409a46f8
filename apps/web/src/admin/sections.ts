import type { ComponentType } from 'react'
import type { Me } from '../app/app.ts'
import type { IconName } from '../look/icon-name.ts'
import type { Words } from '../words/words.ts'
import type { SectionProps } from './section-props.ts'

export interface AdminSection {
  readonly id: string
  readonly label: (words: Words) => string
  readonly icon: IconName
  readonly isFor?: (me: Me) => boolean
  readonly load: () => Promise<{ readonly Section: ComponentType<SectionProps> }>
}

/** The parts of administration, in the order of the list. */
export const adminSections: readonly AdminSection[] = [
  {
    id: 'overview',
    label: ({ admin }) => admin.sections.overview,
    icon: 'activity',
    load: () => import('./overview.tsx'),
  },
  {
    id: 'users',
    label: ({ admin }) => admin.sections.users,
    icon: 'people',
    load: () => import('./users/users-section.tsx'),
  },
  {
    id: 'numbers',
    label: ({ admin }) => admin.sections.numbers,
    icon: 'dialpad',
    load: () => import('./numbers/numbers-section.tsx'),
  },
  {
    id: 'flows',
    label: ({ admin }) => admin.sections.flows,
    icon: 'call-forward',
    load: () => import('./flows/flows-section.tsx'),
  },
  {
    id: 'centre',
    label: ({ admin }) => admin.sections.centre,
    icon: 'headset',
    load: () => import('./centre/centre-section.tsx'),
  },
  {
    id: 'mail-accounts',
    label: ({ admin }) => admin.sections.mailAccounts,
    icon: 'mail',
    load: () => import('../mail-channel/admin/accounts-section.tsx'),
  },
  {
    id: 'website-chat',
    label: ({ admin }) => admin.sections.websiteChat,
    icon: 'chat',
    load: () => import('../web-chat/admin/chat-sites-section.tsx'),
  },
  {
    id: 'mailboxes',
    label: ({ voicemail }) => voicemail.adminTitle,
    icon: 'voicemail',
    load: () => import('../voicemail/admin/mailboxes-section.tsx'),
  },
  {
    id: 'recording',
    label: ({ recordings }) => recordings.adminTitle,
    icon: 'record',
    load: () => import('../recordings/policy-section.tsx'),
  },
  {
    id: 'telephone',
    label: ({ telephone }) => telephone.admin.title,
    icon: 'desk-phone',
    load: () => import('../telephone/features-section.tsx'),
  },
  {
    id: 'trunks',
    label: ({ admin }) => admin.sections.trunks,
    icon: 'trunk',
    load: () => import('./trunks/trunks-section.tsx'),
  },
  {
    id: 'sites',
    label: ({ admin }) => admin.sections.sites,
    icon: 'route',
    load: () => import('./sites/sites-section.tsx'),
  },
  {
    id: 'directories',
    label: ({ admin }) => admin.sections.directories,
    icon: 'people',
    load: () => import('./directories/directories-section.tsx'),
  },
  {
    id: 'company',
    label: ({ admin }) => admin.sections.company,
    icon: 'building',
    load: () => import('./company/company-section.tsx'),
  },
  {
    id: 'logins',
    label: ({ security }) => security.rules.title,
    icon: 'lock',
    load: () => import('../settings/security/login-rules-section.tsx'),
  },
  {
    id: 'companies',
    label: ({ admin }) => admin.sections.companies,
    icon: 'globe',
    isFor: ({ isOperator }) => isOperator,
    load: () => import('./company/companies-section.tsx'),
  },
  {
    id: 'live',
    label: ({ admin }) => admin.sections.live,
    icon: 'call',
    load: () => import('./live/live-section.tsx'),
  },
  {
    id: 'registrations',
    label: ({ admin }) => admin.sections.registrations,
    icon: 'desk-phone',
    load: () => import('./live/registrations-section.tsx'),
  },
  {
    id: 'changes',
    label: ({ admin }) => admin.sections.changes,
    icon: 'history',
    load: () => import('./changes/changes-section.tsx'),
  },
  {
    id: 'audit',
    label: ({ admin }) => admin.sections.audit,
    icon: 'shield',
    load: () => import('./changes/audit-section.tsx'),
  },
  {
    id: 'erasure',
    label: ({ admin }) => admin.sections.erasure,
    icon: 'trash',
    load: () => import('./erasure/erasure-section.tsx'),
  },
  {
    id: 'mail',
    label: ({ admin }) => admin.sections.mail,
    icon: 'mail',
    load: () => import('./mail/mail-section.tsx'),
  },
  {
    id: 'ftps',
    label: ({ admin }) => admin.sections.ftps,
    icon: 'download',
    load: () => import('./ftps/ftps-section.tsx'),
  },
  {
    id: 'certificate',
    label: ({ admin }) => admin.sections.certificate,
    icon: 'certificate',
    load: () => import('./certificate/certificate-section.tsx'),
  },
]
