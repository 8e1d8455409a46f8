/** Of the platform; in Server and User-Agent, in the API and the metrics. */
export const version = '0.1.0'
