import { setupCounter } from './counter';

setupCounter(document.querySelector<HTMLDivElement>('#app')!);
