// What has happened and is not known to the server yet: kept in the browser before anything is shown, sent in order, dropped only when the
// server has answered for it. Survives reloads, closed lids, lost networks, restarted servers and ended sessions.
//
// Events carry an id made here, so the server takes each once however often it is sent.

const WAIT_MS = [400, 1000, 2000, 4000, 8000, 15000];
const BATCH = 100;
const TIMEOUT_MS = 20000;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
export const eventId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => letters[byte & 63]).join('');

export class Outbox {
	// changed(): how much is unsent, or the state, is another. taken(answer): the server has answered a batch.
	constructor({ call, base, member, seq, csrf, changed, taken }) {
		Object.assign(this, { base, seq, csrf, changed, taken });
		this.key = `sturgeon.call.${member}.${call}`;
		this.unsent = this.read();
		this.state = 'idle'; // idle, sending, waiting, login, refused
		this.tries = 0;
		this.limit = BATCH; // events in a request
		this.lag = 0; // the server's clock less ours, in ms
		addEventListener('online', () => this.push(true));
		addEventListener('focus', () => this.push(true));
		addEventListener('pagehide', () => this.last());
		document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.push(true));
	}

	read() {
		try {
			const kept = JSON.parse(localStorage.getItem(this.key) ?? '[]');
			return Array.isArray(kept) ? kept : [];
		} catch {
			return [];
		}
	}

	write() {
		try {
			if (this.unsent.length) localStorage.setItem(this.key, JSON.stringify(this.unsent));
			else localStorage.removeItem(this.key);
		} catch {
			// A full or forbidden storage: the events live as long as this page does.
		}
	}

	add(event) {
		this.unsent.push(event);
		this.write();
		this.changed();
		this.push();
	}

	// Those that the server has shown to know already.
	known(ids) {
		const before = this.unsent.length;
		this.unsent = this.unsent.filter((event) => !ids.has(event.id));
		if (this.unsent.length !== before) this.write();
	}

	// Another window leads now: it has read what is unsent, and sends it.
	stop() {
		clearTimeout(this.timer);
		this.state = 'stopped';
	}

	push(now = false) {
		if (this.state === 'sending' || this.state === 'stopped' || !this.unsent.length) return;
		if (this.state === 'waiting' && !now) return;
		clearTimeout(this.timer);
		this.send();
	}

	body(events) {
		return JSON.stringify({
			after: this.seq,
			events: events.map(({ id, kind, at, item, value, text }) => ({
				id, kind, at: new Date(at / 1000).toISOString(), item: item || undefined, value: value || undefined, text: text || undefined,
			})),
		});
	}

	request(events, options = {}) {
		return fetch(`${this.base}/events`, {
			method: 'POST', body: this.body(events), credentials: 'same-origin', redirect: 'error', cache: 'no-store',
			headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': this.csrf }, ...options,
		});
	}

	async send() {
		this.state = 'sending';
		const batch = this.unsent.slice(0, this.limit);
		const stop = new AbortController();
		const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
		try {
			const answer = await this.request(batch, { signal: stop.signal });
			const date = Date.parse(answer.headers.get('Date') ?? '');
			if (Number.isFinite(date) && Math.abs(date - Date.now()) > 5000) this.lag = date - Date.now();
			if (answer.ok) this.answered(await answer.json());
			else await this.denied(answer.status, batch);
		} catch {
			this.wait();
		} finally {
			clearTimeout(timer);
		}
	}

	answered(answer) {
		if (this.state === 'stopped') return;
		this.tries = 0;
		this.limit = BATCH;
		this.state = 'idle';
		this.seq = answer.seq;
		this.known(new Set(answer.results.map((result) => result.id)));
		this.taken(answer);
		this.changed();
		this.push();
	}

	async denied(status, batch) {
		if (status === 401) return this.hold('login');
		if (status === 403 && (await this.refresh())) {
			this.state = 'idle';
			return this.push(true);
		}
		if (this.state === 'login') return undefined;
		if (status === 403 || status === 404) return this.hold('refused');
		if (status === 422 || status === 400 || status === 413) return this.setAside(batch);
		return this.wait();
	}

	// The token of the forms may have been made anew with the session. True where there is another one to try.
	async refresh() {
		const answer = await fetch('/session', { headers: { Accept: 'application/json' }, credentials: 'same-origin', cache: 'no-store' });
		if (answer.status === 401) {
			this.hold('login');
			return false;
		}
		const { csrf } = answer.ok ? await answer.json() : {};
		if (!csrf || csrf === this.csrf) return false;
		this.csrf = csrf;
		return true;
	}

	// One event that can never be taken must not hold up the rest; it is not thrown away either.
	setAside(batch) {
		if (batch.length > 1) {
			this.limit = 1;
		} else {
			const [event] = this.unsent.splice(0, 1);
			try {
				localStorage.setItem(`${this.key}.aside.${event.id}`, JSON.stringify(event));
			} catch { /* as in write() */ }
			this.write();
		}
		this.state = 'idle';
		this.changed();
		this.push(true);
	}

	hold(state) {
		this.state = state;
		this.changed();
	}

	wait() {
		if (this.state === 'stopped') return;
		this.state = 'waiting';
		const ms = WAIT_MS[Math.min(this.tries++, WAIT_MS.length - 1)];
		this.timer = setTimeout(() => this.push(true), ms * (0.75 + Math.random() / 2));
		this.changed();
	}

	// The page is being left: one more try that outlives it. What comes of it nobody hears, and nothing depends on it.
	last() {
		if (this.unsent.length && !['login', 'refused', 'stopped'].includes(this.state)) this.request(this.unsent.slice(0, BATCH), { keepalive: true }).catch(() => {});
	}
}
