import { expect, test } from './support/story.js';
import { newcomer, openDetails } from './support/newcomers.js';
import { follow, publish, send } from './support/posts.js';

test('activity shows what somebody did, to each viewer what they may see', async ({ browser }) => {
  const [ann, ben, cem] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
  ];
  await follow(ben, ann);
  const open = await publish(ann, 'Seen by everyone');
  const secret = await publish(ann, 'Seen by followers', 'followers');
  const { id } = await publish(ben, 'A post of Ben');
  await ben.page.request.put(`/api/v1/posts/${secret.id}/like`);
  await send(ben, `posts/${open.id}/comments`, { content: 'What a view!' });
  await ben.page.request.put(`/api/v1/posts/${id}/like`);

  const seen = async (who: typeof ann) => {
    await openDetails(who, ben);
    const activity = who.page.getByRole('region', { name: 'Activity' });
    await expect(activity.getByRole('listitem').last()).toContainText('Joined Echomate');
    return activity.getByRole('listitem').filter({ hasText: /Liked|Commented/ });
  };
  await expect(await seen(ann)).toContainText([
    'Liked their own post',
    'Commented on your post',
    'Liked your post',
  ]);
  await expect(await seen(cem)).toContainText([
    'Liked their own post',
    "Commented on Ann Okafor's post",
  ]);
  await expect(await seen(ben)).toContainText([
    'Liked your own post',
    "Commented on Ann Okafor's post",
    "Liked Ann Okafor's post",
  ]);
  await cem.page.getByRole('link', { name: "Commented on Ann Okafor's post" }).click();
  await expect(cem.page).toHaveURL(`/posts/${open.id}#comments`);
  await expect(cem.page.getByText('What a view!')).toBeVisible();
});
