import type { Static } from 'typebox'
import type { DirectoryPreset } from './external-directory.ts'

const usual = {
  name: ['displayName', 'cn'],
  title: ['title'],
  email: ['mail'],
  work: ['telephoneNumber'],
  mobile: ['mobile'],
  home: ['homePhone'],
  fax: ['facsimileTelephoneNumber'],
}

/** Kinds of directories whose entries are known (RFC 2798, RFC 4519, RFC 4530; MS-ADA1 to 3). */
export const directoryPresets: Readonly<Record<'activeDirectory' | 'openLdap', Static<typeof DirectoryPreset>>> = {
  activeDirectory: {
    // People who are not switched off (userAccountControl, bit 2, by the matching rule of MS-ADTS §3.1.1.3.4.4.1).
    filter:
      '(&(objectCategory=person)(|(objectClass=contact)(&(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))))',
    mapping: {
      ...usual,
      id: 'objectGUID',
      marker: 'uSNChanged',
      organisation: ['company'],
      department: ['department'],
      location: ['physicalDeliveryOfficeName', 'l'],
      work: ['telephoneNumber', 'otherTelephone'],
      mobile: ['mobile', 'otherMobile'],
      photo: 'thumbnailPhoto',
    },
  },
  openLdap: {
    filter: '(objectClass=inetOrgPerson)',
    mapping: {
      ...usual,
      id: 'entryUUID',
      marker: 'modifyTimestamp',
      organisation: ['o'],
      department: ['departmentNumber', 'ou'],
      location: ['roomNumber', 'l'],
      photo: 'jpegPhoto',
    },
  },
}
