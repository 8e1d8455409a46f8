// A chat with your company on any page: <script src="https://YOUR-SERVER/chat.js" data-site="SITE" defer></script>
;(function (d, w) {
  var script = d.currentScript
  var home = new URL(script.src).origin
  var site = script.getAttribute('data-site') || ''
  var words = {
    en: ['Chat with us', 'Close the chat', 'new messages'],
    sv: ['Chatta med oss', 'Stäng chatten', 'nya meddelanden'],
    fr: ['Discuter avec nous', 'Fermer la discussion', 'nouveaux messages'],
  }
  var wished = (script.getAttribute('data-language') || d.documentElement.lang || navigator.language || 'en').slice(
    0,
    2,
  )
  var language = words[wished] ? wished : 'en'
  var text = words[language]
  var mark = 'vaxel-chat ' + site
  var host, button, badge, frame
  var isReady = false
  // Only a conversation that the visitor has begun, and agreed to, is remembered: here, as many browsers keep nothing for frames.
  function remembered() {
    try {
      return JSON.parse(w.sessionStorage.getItem(mark))
    } catch {
      return null
    }
  }
  function remember(value) {
    try {
      if (value) w.sessionStorage.setItem(mark, JSON.stringify(value))
      else w.sessionStorage.removeItem(mark)
    } catch {}
  }
  function load() {
    if (frame) return
    frame = d.createElement('iframe')
    frame.title = text[0]
    frame.src = home + '/visitor?site=' + encodeURIComponent(site) + '&language=' + language
    frame.allow = 'microphone ' + home + '; autoplay ' + home
    frame.id = 'vaxel-chat'
    frame.hidden = true
    host.shadowRoot.insertBefore(frame, button)
  }
  function show(isOpen, byHand) {
    load()
    frame.hidden = !isOpen
    button.setAttribute('aria-expanded', String(isOpen))
    button.setAttribute('aria-label', isOpen ? text[1] : text[0])
    button.className = isOpen ? 'open' : ''
    var known = remembered()
    if (known) remember({ key: known.key, isOpen: isOpen })
    if (!isReady) return
    frame.contentWindow.postMessage(
      { vaxel: 'shown', isOpen: isOpen, page: w.location.href.split('#')[0], key: known && known.key },
      home,
    )
    if (isOpen) badge.textContent = ''
    if (byHand) (isOpen ? frame : button).focus()
  }
  w.addEventListener('message', function (event) {
    if (event.origin !== home || !frame || event.source !== frame.contentWindow || !event.data) return
    var what = event.data.vaxel
    if (what === 'ready') {
      isReady = true
      show(!frame.hidden)
    }
    if (what === 'started') remember({ key: event.data.key, isOpen: true })
    if (what === 'forgotten') remember(null)
    if (what === 'close') show(false, true)
    if (what === 'unread' && frame.hidden) {
      badge.textContent = String(event.data.count || '')
      button.setAttribute('aria-label', text[0] + ', ' + event.data.count + ' ' + text[2])
    }
  })
  function begin() {
    host = d.createElement('div')
    d.body.appendChild(host)
    var root = host.attachShadow({ mode: 'open' })
    var style = new CSSStyleSheet()
    style.replaceSync(
      ':host{all:initial}' +
        'button{position:fixed;right:20px;bottom:20px;width:56px;height:56px;border:0;border-radius:28px;background:#0b6b62;color:#fff;cursor:pointer;box-shadow:0 4px 16px #0004;z-index:2147483000;padding:0}' +
        'button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #0b6b62}' +
        'button:hover{background:#095a52}' +
        'svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;vertical-align:middle}' +
        '.cross,.open .bubble{display:none}.open .cross{display:inline}' +
        'span{position:absolute;top:-4px;right:-4px;min-width:20px;height:20px;border-radius:10px;background:#b3261e;font:700 12px/20px system-ui,sans-serif}' +
        'span:empty{display:none}' +
        'iframe{position:fixed;right:20px;bottom:88px;width:370px;height:min(600px,calc(100vh - 108px));border:0;border-radius:12px;box-shadow:0 8px 40px #0005;z-index:2147483000;background:#fff;color-scheme:light dark}' +
        '[hidden]{display:none}' +
        '@media(max-width:480px){iframe{right:0;bottom:0;width:100vw;height:100dvh;border-radius:0}.open{bottom:auto;top:8px;right:8px;width:40px;height:40px}}',
    )
    root.adoptedStyleSheets = [style]
    button = d.createElement('button')
    button.type = 'button'
    button.setAttribute('aria-label', text[0])
    button.setAttribute('aria-expanded', 'false')
    var shape = { bubble: 'M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z', cross: 'M6 6l12 12M18 6L6 18' }
    Object.keys(shape).forEach(function (name) {
      var svg = d.createElementNS('http://www.w3.org/2000/svg', 'svg')
      svg.setAttribute('viewBox', '0 0 24 24')
      svg.setAttribute('class', name)
      svg.setAttribute('aria-hidden', 'true')
      var path = d.createElementNS('http://www.w3.org/2000/svg', 'path')
      path.setAttribute('d', shape[name])
      svg.appendChild(path)
      button.appendChild(svg)
    })
    badge = d.createElement('span')
    button.appendChild(badge)
    root.appendChild(button)
    button.addEventListener('click', function () {
      show(!frame || frame.hidden, true)
    })
    d.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && frame && !frame.hidden) show(false, true)
    })
    var was = remembered()
    if (was) {
      show(was.isOpen)
    }
  }
  if (d.body) begin()
  else d.addEventListener('DOMContentLoaded', begin)
})(document, window)
