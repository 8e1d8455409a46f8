// The first script of the page, in words that the oldest browser reads. Starts the app, or says plainly why it cannot.
;(function () {
  var script = document.currentScript
  var main = script && script.getAttribute('data-main')
  var missing = []
  function need(name, isThere) {
    if (!isThere) missing.push(name)
  }
  need('ES modules', !!script && 'noModule' in script)
  need('fetch', typeof window.fetch === 'function' && typeof window.AbortController === 'function')
  need('Intl', typeof Intl === 'object' && 'PluralRules' in Intl && 'RelativeTimeFormat' in Intl)
  need('WebSocket', typeof window.WebSocket === 'function')
  need(
    'CSS grid',
    !!(window.CSS && CSS.supports && CSS.supports('display', 'grid') && CSS.supports('width', 'min(1px, 2px)')),
  )
  need('BigInt', typeof window.BigInt === 'function')
  if (missing.length === 0 && main) {
    var start = document.createElement('script')
    start.type = 'module'
    start.src = main
    document.head.appendChild(start)
    var words = script.getAttribute('data-words')
    if (words) fetchAlongside(words.split(' '))
    return
  }
  // The texts of the language that the app will speak (as in src/words/words.ts), beside the app and not after it.
  function fetchAlongside(files) {
    var wished = navigator.languages || [navigator.language]
    try {
      wished = [JSON.parse(localStorage.getItem('vaxel.language') || 'null') || wished[0]].concat(wished)
    } catch (unreadable) {
      // What cannot be read was not chosen.
      void unreadable
    }
    for (var i = 0; i < wished.length; i++)
      for (var j = 0; j < files.length; j++)
        if (files[j].indexOf('/core-' + String(wished[i]).slice(0, 2).toLowerCase() + '-') > 0) return preload(files[j])
    preload(files[0])
  }
  function preload(file) {
    var link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = file
    document.head.appendChild(link)
  }
  var texts = {
    en: 'This browser is too old for Vaxel. Use Chrome 90, Edge 123, Firefox 74 or a later one. Missing: ',
    sv: 'Den här webbläsaren är för gammal för Vaxel. Använd Chrome 90, Edge 123, Firefox 74 eller senare. Saknas: ',
    fr: 'Ce navigateur est trop ancien pour Vaxel. Utilisez Chrome 90, Edge 123, Firefox 74 ou plus récent. Il manque : ',
  }
  var language = String(navigator.language || 'en').slice(0, 2)
  function say() {
    var text = document.createElement('p')
    text.setAttribute('role', 'alert')
    text.style.cssText = 'max-width:36em;margin:4em auto;padding:0 1em;font:1.1em/1.5 sans-serif'
    text.appendChild(document.createTextNode((texts[language] || texts.en) + missing.join(', ')))
    document.body.appendChild(text)
  }
  if (document.body) say()
  else document.addEventListener('DOMContentLoaded', say)
})()
