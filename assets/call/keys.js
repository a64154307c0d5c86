// Keys of the call: by the letter that was typed, else by the key's place, so that they work in a Ukrainian and a Latin layout alike.
import { find, findAll } from './dom.js';

const CODES = { 'Б': 'Comma', 'Е': 'KeyT', 'П': 'KeyG', 'З': 'KeyP' }; // where a Ukrainian layout has these letters
const codeOf = (letter) => CODES[letter.toUpperCase()] ?? `Key${letter.toUpperCase()}`;
const typing = (element) => element?.closest?.('input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]');
const pressable = (element) => element?.closest?.('a, button, summary, label, input');

// The button of a motive or a signal whose letter this is.
function ticked(event) {
	const buttons = findAll('.tick-button').map((button) => ({ button, letter: find('kbd', button)?.textContent.trim() ?? '' })).filter(({ letter }) => letter);
	const typed = event.key.toLowerCase();
	return (buttons.find(({ letter }) => letter.toLowerCase() === typed) ?? buttons.find(({ letter }) => codeOf(letter) === event.code))?.button;
}

// call: what the keys do; each returns nothing.
export function listen(call) {
	document.addEventListener('keydown', (event) => {
		if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || find('dialog[open]')) return;
		if (key(call, event)) {
			event.preventDefault();
			event.stopPropagation();
		}
	}, true);
	// A finger or a mouse leaves no focus behind on what it pressed: the next Enter is for the next thing.
	document.addEventListener('click', (event) => {
		if (event.detail > 0) event.target.closest?.('#call button, #call a')?.blur();
	});
}

// True where the key was ours.
function key(call, event) {
	const focus = document.activeElement, { place } = call;
	if (event.key === 'Escape') return call.back(focus);
	if (place === 'closing') return closing(call, event, focus);
	if (event.key === 'Tab') return !event.shiftKey && call.tab(focus);
	if (event.key === 'Enter' && event.shiftKey && focus?.closest?.('[data-part=note]')) return call.worked();
	if (place === 'palette') return palette(call, event, focus);
	if (typing(focus)) return false;
	if (place === 'trade' && trade(call, event, focus)) return true;
	if (event.key === 'Enter') {
		if (pressable(focus) || event.repeat) return !pressable(focus);
		call.enter();
		return true;
	}
	if (event.repeat) return false;
	if (place === 'card' && card(call, event)) return true;
	if (place === 'position' && position(call, event)) return true;
	if (event.key === '+') return call.worked();
	if (event.key === 'ArrowRight') return call.skip();
	if (event.key === '/' || event.code === 'NumpadDivide' || (event.code === 'Slash' && !event.shiftKey)) return call.objections();
	if (/^[1-6]$/.test(event.key)) return call.step(Number(event.key));
	if (event.key === '7') return call.bargain();
	if (event.key === '0' || event.key === '9') return call.close();
	if (event.shiftKey) return false;
	const button = ticked(event);
	if (button) {
		button.click();
		return true;
	}
	switch (event.code) {
	case 'KeyN': return call.note();
	case 'KeyM': return call.mode();
	case 'KeyU': return call.undo();
	case 'KeyI': return call.interests();
	default: return false;
	}
}

function palette(call, event, focus) {
	if (event.key === 'Enter' && focus?.matches('[type=search]')) return call.choose();
	if (event.key === 'ArrowDown') return call.move(1);
	if (event.key === 'ArrowUp') return call.move(-1);
	return false;
}

function card(call, event) {
	if (/^[1-4]$/.test(event.key)) return call.line(Number(event.key));
	if (event.key === 'ArrowDown') return call.otherAnswer();
	if (event.code === 'KeyY') return call.agreed();
	return false;
}

// The card of a position: letters are what may stand behind it, 1 and 2 our answers.
function position(call, event) {
	if (/^[1-6]$/.test(event.key)) return call.answer(Number(event.key));
	if (event.key === 'ArrowRight') return call.otherQuestion();
	if (event.shiftKey) return false;
	if (event.code === 'KeyY') return call.agreed();
	const letter = /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : event.code.startsWith('Key') ? event.code.slice(3) : '';
	return letter !== '' && call.interest(letter);
}

// The trade: a letter is a variable, then a digit its option. A digit alone is a ready answer.
function trade(call, event, focus) {
	const { offer } = call, table = call.view.trade;
	if (event.key === 'Enter') {
		if (pressable(focus)) return false;
		if (!event.repeat) offer.enter(table);
		return true;
	}
	if (event.repeat || event.shiftKey) return false;
	if (/^[0-9]$/.test(event.key)) {
		offer.digit(Number(event.key), table);
		return true;
	}
	if (event.key === '-' || event.code === 'Minus') {
		offer.no(table);
		return true;
	}
	if (event.key === '=' || event.code === 'Equal') return offer.number();
	const letter = /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : event.code.startsWith('Key') ? event.code.slice(3) : '';
	return letter !== '' && offer.pick(letter, table);
}

function closing(call, event, focus) {
	if (event.key === 'Enter' && focus?.matches('textarea') && !event.shiftKey) return call.finish();
	if (typing(focus)) return false;
	if (event.key === 'Enter' && !focus?.matches('a, button')) return call.finish();
	if (/^[1-4]$/.test(event.key)) return call.outcome(Number(event.key));
	return false;
}
