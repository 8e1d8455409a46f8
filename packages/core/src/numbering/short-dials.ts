/** What short dials begin with. Whoever dials it reaches a person's own with one or two digits more, the company's with three or four. */
export const ownShortDials = '*0'

/** @example isCompanyShortDial('*0100') // true */
export const isCompanyShortDial = (number: string): boolean => /^\*0\d{3,4}$/.test(number)
