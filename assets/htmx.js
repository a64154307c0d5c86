// htmx with its sharp tools locked away, for pages of which a part changes alone: {{$head}}{{> live}}{{/head}}.
import htmx from 'htmx.org';

htmx.config.allowEval = false; // hx-on and trigger filters would need unsafe-eval
htmx.config.includeIndicatorStyles = false; // they would be inline
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages hold people's data: nothing of them in the browser's storage
htmx.config.refreshOnHistoryMiss = true;
htmx.config.defaultSwapStyle = 'outerHTML';
htmx.config.responseHandling = [
	{ code: '204', swap: false },
	{ code: '[23]..', swap: true },
	{ code: '422', swap: true }, // the form again, with what is wrong in it
	{ code: '[45]..', swap: false, error: true },
];
