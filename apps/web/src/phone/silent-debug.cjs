/**
 * Stands in for the `debug` package of JsSIP: nobody reads a browser's console on the telephone, and the story of a call
 * is the server's. CommonJS, because JsSIP calls what it requires.
 */
const createDebug = () => () => {}
createDebug.default = createDebug
module.exports = createDebug
