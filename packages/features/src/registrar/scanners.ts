/** Tools that look for servers to break into call themselves so unless told otherwise; those who run them seldom do. */
const names = /friendly-scanner|friendly-request|sipvicious|sipcli|sip-scan|sundayddr|pplsip|sivus/i

/** Whether a User-Agent is that of a known scanner, which gets no answer at all. */
export const isScanner = (userAgent: string | undefined): boolean => userAgent !== undefined && names.test(userAgent)
