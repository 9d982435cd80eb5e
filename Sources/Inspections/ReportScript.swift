/// The page's script: values under the pointer, and the curve that follows the slider.
///
/// It reads the plots themselves: their axes stand in `data-` attributes, the lines in their paths.
enum ReportScript {
  /// The whole script.
  static let text = """
    'use strict';
    document.documentElement.classList.add('has-script');

    // What a path shows: its pieces, each a list of points in pixels; every M begins one.
    const read = path => {
      const outline = path.getAttribute('d') || '';
      if (path.readOutline !== outline) {
        path.readOutline = outline;
        path.readPieces = outline.split('M').slice(1)
          .map(piece => piece.split('L').map(pair => pair.split(' ').map(Number)));
      }
      return path.readPieces;
    };

    // A line at a place: the point drawn there, and the nearest of those that the line is made of;
    // none in gaps and beyond its ends.
    const at = (pieces, x) => {
      const beyond = piece => Math.max(piece[0][0] - x, x - piece[piece.length - 1][0], 0);
      const piece = pieces.reduce((a, b) => a && beyond(a) <= beyond(b) ? a : b, null);
      if (!piece || beyond(piece) > 4) return null;
      // Of several at one place the last, where a step down ends.
      const nearest = piece.reduce((a, b) => Math.abs(b[0] - x) <= Math.abs(a[0] - x) ? b : a);
      const next = piece.findIndex(point => point[0] >= x);
      if (next <= 0) return {drawn: [x, piece[next ? piece.length - 1 : 0][1]], nearest};
      const [[x0, y0], [x1, y1]] = [piece[next - 1], piece[next]];
      return {drawn: [x, y0 + (x - x0) / (x1 - x0) * (y1 - y0)], nearest};
    };

    const digits = value => {
      const size = Math.abs(value);
      return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
        .replace('-', '\\u2212');
    };

    for (const plot of document.querySelectorAll('svg.plot')) {
      const numbers = name => plot.dataset[name].split(' ').map(Number);
      const [left, right, top, bottom] = numbers('frame');
      const [x0, x1] = numbers('x'), [y0, y1] = numbers('y');
      const figure = plot.closest('figure');
      const isFunction = plot.classList.contains('function');
      const label = place => {
        const value = x0 + (place - left) / (right - left) * (x1 - x0);
        return isFunction ? 'x = ' + digits(value) : plot.dataset.unit + ' ' + Math.round(value);
      };
      // Lines are cut off far outside of the plot.
      const height = y => Math.abs(y) >= 9999 ? 'off the plot'
        : digits(y0 + (bottom - y) / (bottom - top) * (y1 - y0));
      const cross = document.createElementNS('http://www.w3.org/2000/svg', 'line');
      cross.setAttribute('class', 'cross');
      const tip = document.createElement('div');
      tip.className = 'tip';
      const hide = () => {
        cross.remove();
        tip.remove();
        for (const line of plot.querySelectorAll('.above')) line.classList.remove('above');
      };
      plot.addEventListener('pointerleave', hide);
      plot.addEventListener('pointermove', event => {
        const box = plot.getBoundingClientRect();
        const scale = plot.viewBox.baseVal.width / box.width;
        const x = Math.min((event.clientX - box.left) * scale, right);
        const y = (event.clientY - box.top) * scale;
        if (x < left || event.clientX - box.left > right / scale + 4) return hide();
        const found = [];
        for (const path of plot.querySelectorAll('path.series')) {
          const there = at(read(path), x);
          if (!there) continue;
          // Between steps nothing was measured; functions and levels have a value everywhere.
          const isEverywhere = isFunction || path.classList.contains('reference');
          const point = isEverywhere ? there.drawn : there.nearest;
          found.push({path, point, isEverywhere, distance: Math.abs(there.drawn[1] - y)});
        }
        if (!found.length) return hide();
        const closest = found.reduce((a, b) => b.distance < a.distance ? b : a);
        const place = closest.point[0];
        for (const attribute of ['x1', 'x2']) cross.setAttribute(attribute, place);
        cross.setAttribute('y1', top);
        cross.setAttribute('y2', bottom);
        plot.append(cross);
        for (const {path} of found) {
          path.classList.toggle('above', path === closest.path && found.length > 1);
        }
        tip.textContent = '';
        const head = document.createElement('div');
        head.textContent = label(place);
        tip.append(head);
        // The nearest seven, the highest first.
        found.sort((a, b) => a.distance - b.distance);
        const shown = found.slice(0, 7).sort((a, b) => a.point[1] - b.point[1]);
        for (const {path, point, isEverywhere} of shown) {
          const row = document.createElement('div'), chip = document.createElement('i');
          const name = document.createElement(path === closest.path ? 'b' : 'span');
          chip.style.background = getComputedStyle(path).stroke;
          const own = isEverywhere ? head.textContent : label(point[0]);
          name.textContent = path.dataset.name + '  ' + height(point[1])
            + (own === head.textContent ? '' : ' at ' + own);
          row.append(chip, name);
          tip.append(row);
        }
        if (found.length > shown.length) {
          const rest = document.createElement('div');
          rest.textContent = 'and ' + (found.length - shown.length) + ' more';
          tip.append(rest);
        }
        figure.append(tip);
        const column = (place / scale) + (figure.clientWidth - box.width) / 2;
        const isRight = column > figure.clientWidth / 2;
        tip.style.left = isRight ? '' : column + 12 + 'px';
        tip.style.right = isRight ? figure.clientWidth - column + 12 + 'px' : '';
        tip.style.top = Math.max(4, Math.min((event.clientY - box.top) - 20,
          box.height - tip.offsetHeight)) + 'px';
      });
    }

    const slider = document.getElementById('epoch');
    if (slider) {
      const curves = JSON.parse(document.getElementById('curves').textContent);
      const figures = [...document.querySelectorAll('#function figure')];
      const shownEpoch = document.getElementById('epoch-shown');
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const pairs = outline => outline.split(/[ML]/).slice(1)
        .map(pair => pair.split(' ').map(Number));
      // Between two outlines of as many points, a part of the way; the nearer one otherwise.
      const between = (from, to, part) => {
        const a = pairs(from), b = pairs(to);
        if (part >= 1 || a.length !== b.length) return to;
        return a.map((point, i) => (i ? 'L' : 'M') + b[i][0] + ' '
          + (point[1] + part * (b[i][1] - point[1])).toFixed(2)).join('');
      };
      let motion = 0;
      const show = index => {
        clearTimeout(motion);
        shownEpoch.textContent = curves.epochs[index];
        slider.setAttribute('aria-valuetext', 'epoch ' + curves.epochs[index]);
        const lines = [];
        figures.forEach((figure, i) => {
          figure.querySelector('.expression').textContent = curves.functions[i].expressions[index];
          for (const [style, all] of [['curve', 'curves'], ['slope', 'slopes']]) {
            const path = figure.querySelector('path.' + style);
            lines.push([path, path.getAttribute('d'), curves.functions[i][all][index]]);
          }
        });
        const start = performance.now();
        const move = () => {
          const part = still ? 1 : Math.min(1, (performance.now() - start) / 260);
          const eased = part * part * (3 - 2 * part);
          for (const [path, from, to] of lines) path.setAttribute('d', between(from, to, eased));
          if (part < 1) motion = setTimeout(move, 16);
        };
        move();
      };
      slider.addEventListener('input', () => show(Number(slider.value)));
      const button = document.getElementById('play');
      let timer = 0;
      const stop = () => {
        clearInterval(timer);
        timer = 0;
        button.textContent = 'Play';
      };
      button.addEventListener('click', () => {
        if (timer) return stop();
        const last = Number(slider.max);
        if (Number(slider.value) === last) slider.value = 0;
        show(Number(slider.value));
        button.textContent = 'Stop';
        timer = setInterval(() => {
          slider.value = Number(slider.value) + 1;
          show(Number(slider.value));
          if (Number(slider.value) >= last) stop();
        }, Math.max(150, Math.min(700, 12000 / (last + 1))));
      });
      slider.addEventListener('pointerdown', stop);
    }

    """
}
