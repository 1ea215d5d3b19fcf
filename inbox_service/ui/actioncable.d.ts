declare module "@rails/actioncable" {
  interface Subscription {
    perform(action: string, data?: object): boolean;
    unsubscribe(): void;
  }
  interface Callbacks {
    connected?(): void;
    disconnected?(): void;
    rejected?(): void;
    received?(data: any): void;
  }
  interface Consumer {
    subscriptions: { create(channel: object, callbacks: Callbacks): Subscription };
  }
  export function createConsumer(url: string): Consumer;
}
