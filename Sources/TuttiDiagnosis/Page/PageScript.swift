extension Page {
    /// Draws the timeline, and lets it be zoomed, moved and asked.
    static let script = #"""
        'use strict';
        {
        const view = document.getElementById('view'), tip = document.getElementById('tip');
        const draw = view.getContext('2d'), end = data.end || 1;
        const kinds = {r: ['running', '--run'], w: ['wants a core', '--ready'],
          l: ['waits: lock', '--lock'], n: ['waits: network', '--net'],
          d: ['waits: disk', '--disk'], t: ['waits: timer', '--timer'],
          o: ['waits', '--other']};
        const tones = {waiting: '--net', overlapped: '--net', mixed: '--timer',
          'one-core': '--run', 'partly-parallel': '--run', 'lock-bound': '--lock',
          'over-subscribed': '--ready', unbalanced: '--ready', 'well-used': '--full',
          unsure: '--other'};
        for (const lane of data.lanes) {
          lane.list = [];
          for (const part of lane.cells.split(',')) {
            const [letters, count] = part.split('*');
            const cell = {};
            for (let i = 0; i < letters.length; i += 2) cell[letters[i]] = +letters[i + 1] / 9;
            for (let i = 0; i < (count || 1); i++) lane.list.push(cell);
          }
          delete lane.cells;
        }
        const seen = new Set(data.lanes.flatMap(lane => lane.list.flatMap(Object.keys)));
        document.getElementById('legend').innerHTML = Object.entries(kinds)
          .filter(([letter]) => seen.has(letter))
          .map(([, [name, tone]]) =>
            `<span class="key" style="--tone:var(${tone})"><u></u>${name}</span>`).join('');
        let from = 0, to = end, hover = -1;
        const top = 24, ribbon = 26, useTop = top + ribbon + 22, useHeight = 84;
        const lanesTop = useTop + useHeight + 18;
        const row = data.lanes.length > 24 ? 20 : 30;
        const height = lanesTop + data.lanes.length * row + 4;
        let left = 150, width = 800, colors = {};
        const x = time => left + (time - from) / (to - from) * (width - left);
        const time = place => from + (place - left) / (width - left) * (to - from);
        function words(seconds) {
          const a = Math.abs(seconds);
          if (a >= 1 || a === 0) return +seconds.toFixed(2) + ' s';
          return a >= 1e-3 ? +(seconds * 1e3).toFixed(1) + ' ms'
            : +(seconds * 1e6).toFixed(1) + ' µs';
        }
        function fit(text, room) {
          if (draw.measureText(text).width <= room) return text;
          while (text && draw.measureText(text + '…').width > room) text = text.slice(0, -1);
          return text.length > 2 ? text + '…' : '';
        }
        function paint() {
          const ratio = window.devicePixelRatio || 1;
          const style = getComputedStyle(document.documentElement);
          for (const name of ['--text', '--soft', '--line', '--card', '--run', '--ready',
            '--lock', '--net', '--disk', '--timer', '--other', '--full'])
            colors[name] = style.getPropertyValue(name).trim();
          width = view.parentNode.clientWidth; left = width < 600 ? 84 : 150;
          view.style.height = height + 'px';
          view.width = width * ratio; view.height = height * ratio;
          draw.setTransform(ratio, 0, 0, ratio, 0, 0);
          draw.clearRect(0, 0, width, height);
          draw.font = '12px system-ui, "DejaVu Sans", sans-serif'; draw.textBaseline = 'middle';
          scale();
          draw.save(); draw.beginPath(); draw.rect(left, 0, width - left, height); draw.clip();
          phases(); use(); lanes(); cursor();
          draw.restore();
          labels();
        }
        function scale() {
          const rough = (to - from) / Math.max(2, (width - left) / 110);
          const power = 10 ** Math.floor(Math.log10(rough));
          const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough);
          draw.textAlign = 'center';
          for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
            draw.fillStyle = colors['--line'];
            draw.fillRect(Math.round(x(t)), top, 1, height - top);
            draw.fillStyle = colors['--soft'];
            if (x(t) < width - 24) draw.fillText(words(t), Math.max(x(t), left + 6), 10);
          }
        }
        function phases() {
          draw.textAlign = 'left';
          for (const [start, stop, word, title] of data.phases) {
            const a = x(start), b = x(stop);
            draw.globalAlpha = .25; draw.fillStyle = colors[tones[word]];
            draw.beginPath(); draw.roundRect(a + 1, top, Math.max(1, b - a - 2), ribbon, 5);
            draw.fill(); draw.globalAlpha = 1;
            draw.fillStyle = colors['--text'];
            const room = Math.min(b, width) - Math.max(a, left) - 14;
            if (room > 20) draw.fillText(fit(title, room), Math.max(a, left) + 8, top + 13);
          }
        }
        function use() {
          const bottom = useTop + useHeight, unit = useHeight / data.cores;
          for (let i = 0; i < data.use.length; i++) {
            const [start, had, missed] = data.use[i];
            const a = Math.round(x(start));
            const b = Math.round(x(i + 1 < data.use.length ? data.use[i + 1][0] : end));
            if (b < left || a > width) continue;
            draw.fillStyle = colors['--run'];
            draw.fillRect(a, bottom - had * unit, b - a, had * unit);
            if (missed > 0) {
              draw.globalAlpha = .6; draw.fillStyle = colors['--ready'];
              draw.fillRect(a, bottom - (had + missed) * unit, b - a, missed * unit);
              draw.globalAlpha = 1;
            }
          }
          draw.fillStyle = colors['--soft'];
          draw.fillRect(left, useTop, width - left, 1);
          draw.fillStyle = colors['--line'];
          draw.fillRect(left, bottom, width - left, 1);
        }
        function lanes() {
          data.lanes.forEach((lane, number) => {
            const y = lanesTop + number * row, h = row - 5, cells = lane.list.length;
            const first = Math.max(0, Math.floor(from / end * cells));
            const last = Math.min(cells - 1, Math.ceil(to / end * cells));
            for (let i = first; i <= last; i++) {
              const cell = lane.list[i];
              // Whole pixels: translucent cells that overlap or gape would show as stripes.
              const a = Math.round(x(i / cells * end));
              const w = Math.round(x((i + 1) / cells * end)) - a;
              let base = y + h;
              for (const letter in cell) {
                const part = cell[letter] * h;
                draw.globalAlpha = letter === 'r' ? 1 : letter === 'w' ? .75 : .38;
                draw.fillStyle = colors[kinds[letter][1]];
                draw.fillRect(a, base - part, w, part);
                if (letter === 'l' && i % 4 === 0) {
                  draw.globalAlpha = 1; draw.fillRect(a, base - part / 2 - 1, 2, 2);
                }
                if (letter === 'w' && i % 3 === 0) {
                  draw.globalAlpha = 1; draw.fillRect(a, base - part, 1, part);
                }
                base -= part;
              }
              draw.globalAlpha = 1;
            }
          });
        }
        function cursor() {
          if (hover < left) return;
          draw.fillStyle = colors['--text']; draw.globalAlpha = .5;
          draw.fillRect(hover, top, 1, height - top); draw.globalAlpha = 1;
        }
        function labels() {
          draw.textAlign = 'right';
          const place = left - 10;
          draw.fillStyle = colors['--soft'];
          draw.fillText(fit(`all ${data.cores} cores`, place), place, useTop);
          draw.fillStyle = colors['--text'];
          draw.font = '600 12px system-ui, "DejaVu Sans", sans-serif';
          draw.fillText(fit('cores in use', place), place, useTop + useHeight - 8);
          data.lanes.forEach((lane, number) => {
            const y = lanesTop + number * row + (row - 5) / 2, two = row > 24 && left > 100;
            draw.font = (lane.first ? '600 ' : '') + '12px system-ui, "DejaVu Sans", sans-serif';
            draw.fillStyle = colors['--text'];
            draw.fillText(fit(lane.name, place), place, two ? y - 6 : y);
            if (!two) return;
            draw.font = '10px system-ui, "DejaVu Sans", sans-serif';
            draw.fillStyle = colors['--soft'];
            draw.fillText(lane.note, place, y + 7);
          });
        }
        function tell(place, y) {
          const t = time(place), lines = [words(t)];
          const phase = data.phases.find(([a, b]) => t >= a && t < b);
          if (y < useTop && phase)
            lines.push(phase[3], `${words(phase[0])} – ${words(phase[1])}`, phase[4]);
          const lane = data.lanes[Math.floor((y - lanesTop) / row)];
          if (y >= lanesTop && lane) {
            lines.push(lane.name);
            const cell = lane.list[Math.floor(t / end * lane.list.length)] || {};
            for (const letter in cell)
              lines.push(`${kinds[letter][0]} ${Math.round(cell[letter] * 100)} %`);
          } else if (y >= useTop && y < lanesTop) {
            const i = data.use.findLastIndex(([start]) => start <= t);
            if (i >= 0) lines.push(`${data.use[i][1].toFixed(2)} of ${data.cores} cores in use`);
          }
          tip.textContent = ''; lines.forEach(line => {
            const part = document.createElement('div'); part.textContent = line;
            tip.append(part);
          });
          tip.hidden = false;
          tip.style.left = Math.min(place + 14, width - tip.offsetWidth) + 'px';
          tip.style.top = y + 16 + 'px';
        }
        function zoom(factor, center) {
          const span = Math.min(end, Math.max(end / 1e4, (to - from) * factor));
          const share = (center - from) / (to - from);
          from = Math.min(Math.max(0, center - share * span), end - span); to = from + span;
          paint();
        }
        function move(by) {
          const span = to - from;
          from = Math.min(Math.max(0, from + by), end - span); to = from + span; paint();
        }
        view.addEventListener('wheel', event => {
          if (event.offsetX < left) return;
          event.preventDefault();
          zoom(Math.exp(event.deltaY / 400), time(event.offsetX));
        }, {passive: false});
        let drag = null;
        view.addEventListener('pointerdown', event => {
          drag = event.offsetX; view.setPointerCapture(event.pointerId);
        });
        view.addEventListener('pointerup', () => { drag = null; });
        view.addEventListener('pointermove', event => {
          if (drag !== null) {
            move((drag - event.offsetX) / (width - left) * (to - from)); drag = event.offsetX;
          }
          hover = event.offsetX; paint();
          if (hover >= left) tell(hover, event.offsetY); else tip.hidden = true;
        });
        view.addEventListener('pointerleave', () => {
          hover = -1; tip.hidden = true; paint();
        });
        view.addEventListener('dblclick', () => { from = 0; to = end; paint(); });
        view.addEventListener('keydown', event => {
          const middle = (from + to) / 2, step = (to - from) / 8;
          if (event.key === '+' || event.key === '=') zoom(.7, middle);
          else if (event.key === '-') zoom(1 / .7, middle);
          else if (event.key === 'ArrowLeft') move(-step);
          else if (event.key === 'ArrowRight') move(step);
          else if (event.key === '0' || event.key === 'Home') { from = 0; to = end; paint(); }
          else return;
          event.preventDefault();
        });
        addEventListener('resize', paint);
        addEventListener('beforeprint', paint);
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
        paint();
        }
        """#
}
