/** The person has closed the browser's question, or it took too long. */
export class PasskeyCancelled extends Error {}
