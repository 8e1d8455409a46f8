// Numbers of a page become links that call through Vaxel: <script src="https://YOUR-SERVER/click-to-call.js" defer></script>
;(function (d) {
  var home = new URL(d.currentScript.src).origin
  var number = /(?:\+|\b0)\d(?:[\s().-]?\d){6,13}\b/g
  function link(text) {
    var a = d.createElement('a')
    a.href = home + '/call?to=' + encodeURIComponent(text.replace(/[^+\d]/g, ''))
    a.target = 'vaxel'
    a.rel = 'noopener'
    a.textContent = text
    return a
  }
  function walk(node) {
    if (node.nodeType === 1) {
      if (/^tel:|^callto:/.test(node.getAttribute('href') || '')) {
        node.href = home + '/call?to=' + encodeURIComponent(node.getAttribute('href'))
        node.target = 'vaxel'
      }
      if (
        /^(A|BUTTON|INPUT|OPTION|SCRIPT|SELECT|STYLE|TEXTAREA|CODE|PRE)$/.test(node.nodeName) ||
        node.isContentEditable
      )
        return
      Array.prototype.slice.call(node.childNodes).forEach(walk)
    } else if (node.nodeType === 3 && node.data.search(number) >= 0) {
      var last = 0
      var parts = d.createDocumentFragment()
      node.data.replace(number, function (text, at) {
        parts.append(node.data.slice(last, at), link(text))
        last = at + text.length
        return text
      })
      parts.append(node.data.slice(last))
      node.replaceWith(parts)
    }
  }
  if (d.body) walk(d.body)
  else
    d.addEventListener('DOMContentLoaded', function () {
      walk(d.body)
    })
})(document)
