extension SinglePage {
    /// Draws each `.plot` of the page, and lets it be zoomed, moved and asked.
    ///
    /// Painting goes by columns of pixels, so that its cost depends on the screen and not on the
    /// recording; the pointer moves elements above the canvas and paints nothing.
    static let script = #"""
        'use strict';
        {
        const kinds = {r: ['runs', '--run', 1], w: ['wants a core', '--ready', .8],
          l: ['waits for a lock', '--lock', .36], n: ['waits for the network', '--net', .36],
          d: ['waits for the disk', '--disk', .36], t: ['waits for a timer', '--timer', .36],
          o: ['waits', '--other', .3]};
        const said = {job: ['job', '--job', .85], call: ['call', '--job', .55],
          wait: ['wait', '--job', .28], steal: ['steal', '--ready', 1], mark: ['mark', '--lock', 1]};
        const tones = {waiting: '--net', overlapped: '--net', mixed: '--timer',
          'one-core': '--run', 'partly-parallel': '--run', 'lock-bound': '--lock',
          'over-subscribed': '--ready', unbalanced: '--ready', 'well-used': '--full',
          unsure: '--other'};
        const letters = Object.keys(kinds), many = letters.length;
        const sans = 'system-ui, "DejaVu Sans", sans-serif', plots = [];
        let colors = {};
        function readColors() {
          const style = getComputedStyle(document.documentElement);
          for (const name of ['--text', '--soft', '--line', '--card', '--run', '--ready', '--lock',
            '--net', '--disk', '--timer', '--other', '--full', '--job'])
            colors[name] = style.getPropertyValue(name).trim();
        }
        function words(seconds) {
          const a = Math.abs(seconds), short = n => String(+n.toPrecision(3));
          return a >= 1 || a === 0 ? short(seconds) + ' s' : a >= 1e-3
            ? short(seconds * 1e3) + ' ms' : short(seconds * 1e6) + ' µs';
        }
        function several(count, noun) { return count === 1 ? noun : `${count} ${noun}s`; }

        // Cells as bytes, a row of shares in ninths for each; spans as objects.
        function unpack(data) {
          for (const lane of data.lanes) {
            lane.shares = new Uint8Array(data.cells * many);
            let at = 0;
            for (const [, cell, count] of
              (lane.cells || '').matchAll(/(-|[A-Z]\d(?:[a-z]\d)*)(?:\*(\d+))?/g)) {
              const first = at * many, stop = Math.min(data.cells, at + +(count || 1));
              for (let i = 0; i + 1 < cell.length; i += 2)
                lane.shares[first + letters.indexOf(cell[i].toLowerCase())] = +cell[i + 1];
              for (at++; at < stop; at++) lane.shares.copyWithin(at * many, first, first + many);
            }
            lane.rows = (lane.rows || []).map((flat, row) => {
              const spans = [];
              for (let i = 0, start = 0; i + 2 < flat.length;) {
                start += flat[i++];
                const end = start + flat[i++], what = flat[i++];
                const [kind, name] = data.said[what < 0 ? -1 - what : what];
                spans.push({lane, row, kind, name, start: start * data.tick,
                  end: end * data.tick, count: what < 0 ? flat[i++] : 1});
              }
              return spans;
            });
          }
          return data;
        }

        function drawing(plot, data) {
          const view = plot.querySelector('canvas'), tip = plot.querySelector('.tip');
          const cursor = plot.querySelector('.cursor'), lit = plot.querySelector('.lit');
          const draw = view.getContext('2d'), end = data.end || 1;
          const spans = data.lanes.flatMap(lane => lane.rows.flat())
            .sort((a, b) => a.start - b.start || b.end - a.end);
          let from = 0, to = end, chosen = -1, waits = false, width = 0, left = 0;

          const count = data.lanes.length, rows = data.lanes.reduce((n, l) => n + l.rows.length, 0);
          const bar = count <= 12 ? 22 : count <= 32 ? 13 : Math.max(2, Math.floor(420 / count));
          const thick = rows <= 16 ? 14 : rows <= 48 ? 6 : Math.max(1, Math.round(240 / rows));
          const gap = count <= 12 ? 8 : count <= 32 ? 5 : count <= 80 ? 2 : 1;
          const top = 22, ribbon = 24, useTop = top + ribbon + 20, useHeight = 64;
          let height = useTop + useHeight + 16;
          for (const lane of data.lanes) {
            lane.y = height;
            lane.spansY = height + (lane.cells === undefined ? 0
              : bar + (lane.rows.length && thick > 3 ? 2 : 0));
            height = Math.ceil(lane.spansY + lane.rows.length * thick) + gap;
          }

          const x = t => left + (t - from) / (to - from) * (width - left);
          const time = place => from + (place - left) / (width - left) * (to - from);
          function fit(text, room) {
            if (draw.measureText(text).width <= room) return text;
            let low = 0, high = text.length;
            while (low < high) {
              const middle = (low + high + 1) >> 1;
              if (draw.measureText(text.slice(0, middle) + '…').width <= room) low = middle;
              else high = middle - 1;
            }
            return low > 1 ? text.slice(0, low) + '…' : '';
          }

          function paint() {
            waits = false;
            const room = plot.clientWidth;
            if (!room) return;
            const ratio = Math.max(window.devicePixelRatio || 1, 1);
            width = room; left = width < 600 ? 92 : 150;
            view.style.height = height + 'px';
            view.width = width * ratio; view.height = height * ratio;
            draw.setTransform(ratio, 0, 0, ratio, 0, 0);
            draw.textBaseline = 'middle'; draw.font = '12px ' + sans;
            scale();
            draw.save(); draw.beginPath(); draw.rect(left, 0, width - left, height); draw.clip();
            phases(); use();
            for (const lane of data.lanes) {
              if (lane.cells !== undefined) cells(lane);
              lane.rows.forEach((row, n) => paintRow(row, lane.spansY + n * thick));
            }
            draw.restore();
            labels();
            light();
          }
          function later() { if (!waits) { waits = true; requestAnimationFrame(paint); } }

          function scale() {
            const rough = (to - from) / Math.max(2, (width - left) / 110);
            const power = 10 ** Math.floor(Math.log10(rough));
            const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough * .999);
            const [unit, name] = to >= 1 ? [1, ' s'] : to >= 1e-3 ? [1e-3, ' ms'] : [1e-6, ' µs'];
            const places = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
            draw.textAlign = 'center';
            for (let n = Math.ceil(from / step - 1e-9); n * step <= to; n++) {
              const place = x(n * step), text = n ? (n * step / unit).toFixed(places) + name : '0';
              draw.fillStyle = colors['--line'];
              draw.fillRect(Math.round(place), top - 4, 1, height - top);
              draw.fillStyle = colors['--soft'];
              const half = draw.measureText(text).width / 2;
              if (place + half <= width) draw.fillText(text, Math.max(place, left + half), 8);
            }
          }
          function phases() {
            draw.textAlign = 'left';
            for (const [start, stop, word, title] of data.phases) {
              const a = Math.max(x(start), left - 9), b = Math.min(x(stop), width + 9);
              if (b < left || a > width) continue;
              draw.globalAlpha = .22; draw.fillStyle = colors[tones[word]];
              draw.beginPath(); draw.roundRect(a + .5, top, Math.max(1, b - a - 1), ribbon, 4);
              draw.fill(); draw.globalAlpha = 1; draw.fillStyle = colors['--text'];
              const begin = Math.max(a, left) + 8;
              draw.fillText(fit(title, Math.min(b, width) - begin - 6), begin, top + ribbon / 2 + 1);
            }
          }
          function use() {
            const bottom = useTop + useHeight, unit = useHeight / data.cores;
            data.use.forEach(([start, had, missed], i) => {
              const a = Math.round(x(start));
              const b = Math.round(x(i + 1 < data.use.length ? data.use[i + 1][0] : end));
              if (b < left || a > width) return;
              draw.fillStyle = colors['--run'];
              draw.fillRect(a, bottom - had * unit, b - a, had * unit);
              if (missed <= 0) return;
              draw.globalAlpha = .6; draw.fillStyle = colors['--ready'];
              draw.fillRect(a, bottom - (had + missed) * unit, b - a, missed * unit);
              draw.globalAlpha = 1;
            });
            draw.fillStyle = colors['--soft'];
            draw.fillRect(left, useTop, width - left, 1);
            draw.fillRect(left, bottom, width - left, 1);
          }
          function cells(lane) {
            let key = -1, begin = left;
            for (let place = left; place <= width; place++) {
              let next = -1;
              if (place < width) {
                const a = Math.max(0, Math.floor(time(place) / end * data.cells));
                const b = Math.min(data.cells, Math.max(a + 1,
                  Math.floor(time(place + 1) / end * data.cells)));
                next = 0;
                for (let k = 0, unit = 1; k < many; k++, unit *= 10) {
                  let sum = 0;
                  for (let i = a; i < b; i++) sum += lane.shares[i * many + k];
                  // What is there at all stays visible.
                  if (sum) next += Math.max(1, Math.round(sum / (b - a))) * unit;
                }
              }
              if (next === key) continue;
              if (key > 0) column(key, begin, place, lane.y);
              key = next; begin = place;
            }
          }
          function column(key, a, b, y) {
            const shares = letters.map((_, k) => Math.floor(key / 10 ** k) % 10);
            const unit = bar / Math.max(9, shares.reduce((n, share) => n + share, 0));
            let base = y + bar;
            shares.forEach((share, k) => {
              if (!share) return;
              const [, tone, alpha] = kinds[letters[k]];
              base -= share * unit;
              draw.globalAlpha = alpha; draw.fillStyle = colors[tone];
              draw.fillRect(a, base, b - a, share * unit);
              // Not by colour alone: locks are dotted.
              if (letters[k] === 'l' && bar > 9) {
                draw.globalAlpha = 1;
                for (let dot = Math.ceil(a / 7) * 7; dot < b; dot += 7)
                  draw.fillRect(dot, base + share * unit / 2 - 1, 2, 2);
              }
            });
            draw.globalAlpha = 1;
          }
          function paintRow(row, y) {
            let low = 0, high = row.length, painted = -1;
            while (low < high) {
              const middle = (low + high) >> 1;
              if (row[middle].end < from) low = middle + 1; else high = middle;
            }
            for (; low < row.length && row[low].start <= to; low++) {
              const span = row[low], a = Math.max(x(span.start), left - 2);
              const b = Math.min(Math.max(x(span.end), a + (span.end > span.start ? 1 : 2)),
                width + 2);
              if (b <= painted) continue;
              painted = Math.floor(b) + (b - a < 2 ? .5 : 0);
              const [, tone, alpha] = said[span.kind];
              draw.globalAlpha = alpha * ((low + span.row) % 2 ? .76 : 1); draw.fillStyle = colors[tone];
              draw.fillRect(a, y, b - a > 4 ? b - a - 1 : b - a, thick > 3 ? thick - 1 : thick);
              draw.globalAlpha = 1;
              if (b - a < 34 || thick < 12) continue;
              draw.fillStyle = colors[alpha > .5 ? '--card' : '--text'];
              draw.font = '10.5px ' + sans; draw.textAlign = 'left';
              const begin = Math.max(a, left) + 5;
              draw.fillText(fit(title(span), Math.min(b, width) - begin - 4), begin,
                y + thick / 2);
            }
          }
          function labels() {
            const place = left - 10;
            draw.textAlign = 'right'; draw.font = '12px ' + sans;
            draw.fillStyle = colors['--soft'];
            draw.fillText(fit(several(data.cores, 'core'), place), place, useTop + 1);
            draw.fillStyle = colors['--text']; draw.font = '600 12px ' + sans;
            draw.fillText(fit('cores in use', place), place, useTop + useHeight - 7);
            let free = 0;
            for (const lane of data.lanes) {
              const all = lane.spansY + lane.rows.length * thick - lane.y;
              const y = lane.y + Math.min(all, 22) / 2;
              if (y < free || (all + gap < 12 && !lane.first && lane !== data.lanes[0])) continue;
              const two = all >= 20 && left > 100 && lane.note;
              draw.font = (lane.first ? '600 ' : '') + (all + gap < 16 ? '10px ' : '12px ') + sans;
              draw.fillStyle = colors['--text'];
              draw.fillText(fit(lane.name, place), place, two ? y - 5.5 : y);
              free = y + 13;
              if (!two) continue;
              draw.font = '10px ' + sans; draw.fillStyle = colors['--soft'];
              draw.fillText(fit(lane.note, place), place, y + 7);
            }
          }

          function title(span) {
            return span.name || (span.count > 1 ? `${several(span.count, span.kind)}` : span.kind);
          }
          function about(span) {
            const length = span.end - span.start;
            if (span.count > 1)
              return [`${span.count} in ${words(length)}, most of them ${span.kind}s`,
                'from ' + words(span.start)];
            const lines = span.name ? [span.name] : [];
            lines.push(`${span.kind} from ${words(span.start)}`
              + (length ? ` for ${words(length)}` : ''));
            return lines;
          }
          function tell(lines, place, y) {
            tip.replaceChildren(...lines.map(line => {
              const part = document.createElement('div');
              part.textContent = line;
              return part;
            }));
            tip.hidden = false;
            tip.style.left = Math.max(0, Math.min(place + 14, width - tip.offsetWidth)) + 'px';
            tip.style.top = y + 16 + 'px';
          }
          function light() {
            const span = spans[chosen];
            lit.hidden = !span || span.end < from || span.start > to;
            if (lit.hidden) return;
            const a = Math.max(x(span.start), left), b = Math.min(x(span.end), width);
            lit.style.left = a - 1 + 'px'; lit.style.width = Math.max(2, b - a) + 1 + 'px';
            lit.style.top = span.lane.spansY + span.row * thick - 1 + 'px';
            lit.style.height = Math.max(2, thick) + 'px';
          }
          function choose(number) {
            chosen = number;
            if (chosen >= spans.length) chosen = spans.length - 1;
            const span = spans[chosen];
            if (!span) { hide(); light(); return; }
            if (span.end < from || span.start > to)
              move((span.start + span.end - from - to) / 2);
            light();
            tell([...about(span), span.lane.name], Math.max(left, x(span.start)),
              span.lane.spansY + (span.row + 1) * thick - 8);
            tip.scrollIntoView({block: 'nearest'});
          }
          function spanAt(lane, place, y) {
            const row = lane.rows[Math.floor((y - lane.spansY) / thick)] || [];
            let best = null, least = 3;
            for (const span of row) {
              const far = Math.max(x(span.start) - place, place - x(span.end), 0);
              if (far < least) { least = far; best = span; }
            }
            return best;
          }
          function point(place, y) {
            cursor.hidden = false; cursor.style.left = place + 'px';
            const t = time(place), lane = data.lanes.findLast(lane => lane.y <= y);
            const span = lane && spanAt(lane, place, y);
            chosen = span ? spans.indexOf(span) : -1;
            light();
            if (span) { tell([...about(span), lane.name], place, y); return; }
            const lines = [words(t)];
            if (lane) {
              lines.push(lane.name);
              const first = Math.min(data.cells - 1, Math.floor(t / end * data.cells)) * many;
              letters.forEach((letter, k) => {
                const share = lane.shares[first + k];
                if (share) lines.push(`${kinds[letter][0]}, ${Math.round(share / 9 * 100)} %`);
              });
            } else if (y >= useTop) {
              const part = data.use.findLast(([start]) => start <= t);
              if (part) lines.push(`${part[1].toFixed(2)} of ${several(data.cores, 'core')} in use`);
              if (part && part[2] >= .01) lines.push(`${part[2].toFixed(2)} more were wanted`);
            } else {
              const phase = data.phases.find(([a, b]) => t >= a && t < b);
              if (phase) lines.push(phase[3], phase[4], `${words(phase[0])} – ${words(phase[1])}`);
            }
            tell(lines, place, y);
          }
          function hide() { tip.hidden = true; cursor.hidden = true; }

          function show(start, span) {
            span = Math.min(end, Math.max(end / 1e5, span));
            from = Math.min(Math.max(0, start), end - span); to = from + span;
            later();
          }
          function zoom(factor, center) {
            show(center - (center - from) * factor, (to - from) * factor);
          }
          function move(by) { show(from + by, to - from); light(); }

          view.addEventListener('wheel', event => {
            // Without a key, the wheel is the page's.
            if (!(event.ctrlKey || event.metaKey) || event.offsetX < left) return;
            event.preventDefault();
            zoom(Math.exp(event.deltaY / 300), time(event.offsetX));
          }, {passive: false});
          const fingers = new Map();
          view.addEventListener('pointerdown', event => {
            fingers.set(event.pointerId, event.offsetX);
            view.setPointerCapture(event.pointerId);
          });
          for (const name of ['pointerup', 'pointercancel'])
            view.addEventListener(name, event => fingers.delete(event.pointerId));
          view.addEventListener('pointermove', event => {
            const before = fingers.get(event.pointerId), place = event.offsetX;
            if (before === undefined) {
              if (place >= left) point(place, event.offsetY); else hide();
              return;
            }
            hide();
            fingers.set(event.pointerId, place);
            const other = [...fingers].find(([id]) => id !== event.pointerId);
            if (!other) move((before - place) / (width - left) * (to - from));
            else if (Math.abs(place - other[1]) > 8)
              zoom(Math.abs(before - other[1]) / Math.abs(place - other[1]), time(other[1]));
          });
          view.addEventListener('pointerleave', () => { hide(); chosen = -1; light(); });
          view.addEventListener('blur', () => { hide(); chosen = -1; light(); });
          view.addEventListener('dblclick', () => show(0, end));
          view.addEventListener('keydown', event => {
            const middle = (from + to) / 2, step = (to - from) / 8;
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.key === '+' || event.key === '=') zoom(.7, middle);
            else if (event.key === '-') zoom(1 / .7, middle);
            else if (event.key === 'ArrowLeft') move(-step);
            else if (event.key === 'ArrowRight') move(step);
            else if (event.key === '0' || event.key === 'Home') show(0, end);
            else if (event.key === 'ArrowDown' && spans.length) choose(chosen + 1);
            else if (event.key === 'ArrowUp' && spans.length) choose(Math.max(0, chosen - 1));
            else if (event.key === 'Escape') choose(-1);
            else return;
            event.preventDefault();
          });

          const legend = plot.previousElementSibling;
          const used = letters.filter((_, k) =>
            data.lanes.some(lane => lane.shares.some((share, i) => share && i % many === k)));
          const keys = [...used.map(letter => kinds[letter]),
            ...Object.keys(said).filter(kind => spans.some(span => span.kind === kind))
              .map(kind => said[kind])];
          legend.replaceChildren(...keys.map(([name, tone, alpha]) => {
            const key = document.createElement('span'), tile = document.createElement('u');
            tile.style.cssText = `background: var(${tone}); opacity: ${alpha}`;
            key.append(tile, name);
            return key;
          }));
          plots.push(paint);
          paint();
        }

        function paintAll() { readColors(); for (const paint of plots) paint(); }
        readColors();
        for (const plot of document.querySelectorAll('.plot')) {
          const begin = () => { drawing(plot, unpack(drawings[plot.dataset.run])); };
          const fold = plot.closest('details');
          if (!fold || fold.open) begin();
          else fold.addEventListener('toggle', begin, {once: true});
          if (fold) fold.addEventListener('toggle', paintAll);
        }
        addEventListener('resize', paintAll);
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paintAll);
        // On paper it is always light.
        for (const [name, isPaper] of [['beforeprint', true], ['afterprint', false]])
          addEventListener(name, () => {
            document.documentElement.classList.toggle('paper', isPaper); paintAll();
          });
        }
        """#
}
