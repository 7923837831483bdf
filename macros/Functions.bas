Attribute VB_Name = "Functions"
Option Explicit

' The cell functions. Generated from xlkpi/excel/functions/declared.py by "python tools/remake.py": change nothing here.

' How many times, on average, each person reached saw the content.
Public Function CONTACT_FREQUENCY(ByVal impressions As Variant, ByVal reach As Variant) As Variant
    CONTACT_FREQUENCY = XlkpiCall("CONTACT_FREQUENCY", Array(Raw(impressions), Raw(reach)))
End Function

' Share of the audience you aim for that the campaign reached: people of the target reached, divided by the...
Public Function TARGET_COVERAGE(ByVal target_reach As Variant, ByVal target_audience As Variant) As Variant
    TARGET_COVERAGE = XlkpiCall("TARGET_COVERAGE", Array(Raw(target_reach), Raw(target_audience)))
End Function

' Of all the people reached, the share who belong to the target. Not target coverage, which divides by the...
Public Function IN_TARGET_SHARE(ByVal target_reach As Variant, ByVal reach As Variant) As Variant
    IN_TARGET_SHARE = XlkpiCall("IN_TARGET_SHARE", Array(Raw(target_reach), Raw(reach)))
End Function

' Impressions compared with the followers of the account at the time of posting. It can exceed 100%: people...
Public Function IMPRESSION_RATE(ByVal impressions As Variant, ByVal FOLLOWERS As Variant) As Variant
    IMPRESSION_RATE = XlkpiCall("IMPRESSION_RATE", Array(Raw(impressions), Raw(FOLLOWERS)))
End Function

' People reached compared with the followers of the account at the time of posting.
Public Function REACH_RATE(ByVal reach As Variant, ByVal FOLLOWERS As Variant) As Variant
    REACH_RATE = XlkpiCall("REACH_RATE", Array(Raw(reach), Raw(FOLLOWERS)))
End Function

' Change in the brand account's followers over the period, relative to the start.
Public Function FOLLOWER_GROWTH(ByVal followers_end As Variant, ByVal followers_start As Variant) As Variant
    FOLLOWER_GROWTH = XlkpiCall("FOLLOWER_GROWTH", Array(Raw(followers_end), Raw(followers_start)))
End Function

' Mentions of the brand as a share of all mentions of the brand and its competitors, counted over the same...
Public Function SHARE_OF_VOICE(ByVal mentions As Variant, ByVal competitor_mentions As Variant) As Variant
    SHARE_OF_VOICE = XlkpiCall("SHARE_OF_VOICE", Array(Raw(mentions), Raw(competitor_mentions)))
End Function

' Share of posts that carry the key message of the brief, among those for which a yes or no is recorded.
Public Function KEY_MESSAGE_IMPACT(ByVal key_message As Variant, ByVal key_message_known As Variant) As Variant
    KEY_MESSAGE_IMPACT = XlkpiCall("KEY_MESSAGE_IMPACT", Array(Raw(key_message), Raw(key_message_known)))
End Function

' Followers of the influencer's account at the time of posting; over several posts, their average. It is...
Public Function FOLLOWERS(ByVal followers_ As Variant, ByVal followers_known As Variant) As Variant
    FOLLOWERS = XlkpiCall("FOLLOWERS", Array(Raw(followers_), Raw(followers_known)))
End Function

' Change in the size of the audience followed, between the start and the end of the period.
Public Function AUDIENCE_EVOLUTION(ByVal audience_end As Variant, ByVal audience_start As Variant) As Variant
    AUDIENCE_EVOLUTION = XlkpiCall("AUDIENCE_EVOLUTION", Array(Raw(audience_end), Raw(audience_start)))
End Function

' Posts published as a share of the posts agreed with the influencers.
Public Function POST_DELIVERY_RATE(ByVal posts As Variant, ByVal posts_planned As Variant) As Variant
    POST_DELIVERY_RATE = XlkpiCall("POST_DELIVERY_RATE", Array(Raw(posts), Raw(posts_planned)))
End Function

' Interactions divided by reach, all posts together: a large post weighs more than a small one. It may exceed...
Public Function ENGAGEMENT_RATE(ByVal interactions As Variant, ByVal reach As Variant) As Variant
    ENGAGEMENT_RATE = XlkpiCall("ENGAGEMENT_RATE", Array(Raw(interactions), Raw(reach)))
End Function

' Share of the interactions that are comments or shares, the two that take the most commitment.
Public Function CONVERSATION_SHARE(ByVal conversations As Variant, ByVal interactions As Variant) As Variant
    CONVERSATION_SHARE = XlkpiCall("CONVERSATION_SHARE", Array(Raw(conversations), Raw(interactions)))
End Function

' Share of the interactions that are likes or reactions, one part of the interaction mix.
Public Function LIKES_IN_INTERACTIONS(ByVal likes As Variant, ByVal interactions As Variant) As Variant
    LIKES_IN_INTERACTIONS = XlkpiCall("LIKES_IN_INTERACTIONS", Array(Raw(likes), Raw(interactions)))
End Function

' Share of the interactions that are comments, one part of the interaction mix.
Public Function COMMENTS_IN_INTERACTIONS(ByVal comments As Variant, ByVal interactions As Variant) As Variant
    COMMENTS_IN_INTERACTIONS = XlkpiCall("COMMENTS_IN_INTERACTIONS", Array(Raw(comments), Raw(interactions)))
End Function

' Proportion of the interactions that are shares, one part of the interaction mix.
Public Function SHARES_IN_INTERACTIONS(ByVal shares As Variant, ByVal interactions As Variant) As Variant
    SHARES_IN_INTERACTIONS = XlkpiCall("SHARES_IN_INTERACTIONS", Array(Raw(shares), Raw(interactions)))
End Function

' Link clicks divided by impressions, all posts together.
Public Function CTR(ByVal clicks As Variant, ByVal impressions As Variant) As Variant
    CTR = XlkpiCall("CTR", Array(Raw(clicks), Raw(impressions)))
End Function

' Average number of interactions that a post obtains.
Public Function ENGAGEMENT_PER_POST(ByVal interactions As Variant, ByVal posts As Variant) As Variant
    ENGAGEMENT_PER_POST = XlkpiCall("ENGAGEMENT_PER_POST", Array(Raw(interactions), Raw(posts)))
End Function

' Private sends of the content by message, divided by the people reached.
Public Function SENDS_PER_REACH(ByVal sends As Variant, ByVal reach As Variant) As Variant
    SENDS_PER_REACH = XlkpiCall("SENDS_PER_REACH", Array(Raw(sends), Raw(reach)))
End Function

' Average share of a video that is watched: time watched divided by the length of the video times its views.
Public Function VIDEO_COMPLETION(ByVal watch_seconds As Variant, ByVal video_seconds As Variant) As Variant
    VIDEO_COMPLETION = XlkpiCall("VIDEO_COMPLETION", Array(Raw(watch_seconds), Raw(video_seconds)))
End Function

' Average number of pages opened in a visit.
Public Function PAGES_PER_SESSION(ByVal page_views As Variant, ByVal sessions As Variant) As Variant
    PAGES_PER_SESSION = XlkpiCall("PAGES_PER_SESSION", Array(Raw(page_views), Raw(sessions)))
End Function

' Share of visits that were not engaged. In Google Analytics 4 an engaged session lasts over 10 seconds,...
Public Function BOUNCE_RATE(ByVal engaged_sessions As Variant, ByVal sessions As Variant) As Variant
    BOUNCE_RATE = XlkpiCall("BOUNCE_RATE", Array(Raw(engaged_sessions), Raw(sessions)))
End Function

' Average time that a visit from the campaign lasts on the site.
Public Function SESSION_DURATION(ByVal session_seconds As Variant, ByVal sessions As Variant) As Variant
    SESSION_DURATION = XlkpiCall("SESSION_DURATION", Array(Raw(session_seconds), Raw(sessions)))
End Function

' Share of link clicks that end in a conversion. The base is clicks, not sessions: say so when you compare...
Public Function CONVERSION_RATE(ByVal conversions As Variant, ByVal clicks As Variant) As Variant
    CONVERSION_RATE = XlkpiCall("CONVERSION_RATE", Array(Raw(conversions), Raw(clicks)))
End Function

' Mean amount of an order placed through the campaign.
Public Function AVERAGE_ORDER_VALUE(ByVal revenue As Variant, ByVal orders As Variant) As Variant
    AVERAGE_ORDER_VALUE = XlkpiCall("AVERAGE_ORDER_VALUE", Array(Raw(revenue), Raw(orders)))
End Function

' Change in sales during the campaign compared with a reference period, for when no link or code can credit...
Public Function SALES_UPLIFT(ByVal period_sales As Variant, ByVal baseline_sales As Variant) As Variant
    SALES_UPLIFT = XlkpiCall("SALES_UPLIFT", Array(Raw(period_sales), Raw(baseline_sales)))
End Function

' Average spend for one conversion, whatever its type: order, lead, sign-up or download.
Public Function CPA(ByVal spend As Variant, ByVal conversions As Variant) As Variant
    CPA = XlkpiCall("CPA", Array(Raw(spend), Raw(conversions)))
End Function

' Average spend to win one new customer, all acquisition costs included. Unlike CPA, it leaves out people who...
Public Function CAC(ByVal spend As Variant, ByVal new_customers As Variant) As Variant
    CAC = XlkpiCall("CAC", Array(Raw(spend), Raw(new_customers)))
End Function

' Average spend for one lead collected by the campaign, qualified or not.
Public Function CPL(ByVal spend As Variant, ByVal leads As Variant) As Variant
    CPL = XlkpiCall("CPL", Array(Raw(spend), Raw(leads)))
End Function

' Revenue minus spend, divided by spend: at 0%, revenue just covers spend, at 50%, 100 spent brings in 150....
Public Function ROI(ByVal revenue As Variant, ByVal spend As Variant) As Variant
    ROI = XlkpiCall("ROI", Array(Raw(revenue), Raw(spend)))
End Function

' Return counted on gross margin instead of revenue; the margin is the share of revenue left once the...
Public Function PROFIT_ROI(ByVal revenue As Variant, ByVal margin As Variant, ByVal spend As Variant) As Variant
    PROFIT_ROI = XlkpiCall("PROFIT_ROI", Array(Raw(revenue), Raw(margin), Raw(spend)))
End Function

' Revenue as a multiple of spend: 3x means that 100 spent brought in 300. ROI is this figure minus one.
Public Function ROAS(ByVal revenue As Variant, ByVal spend As Variant) As Variant
    ROAS = XlkpiCall("ROAS", Array(Raw(revenue), Raw(spend)))
End Function

' Average spend for one interaction, with the same set of interactions as the engagement rate.
Public Function CPE(ByVal spend As Variant, ByVal interactions As Variant) As Variant
    CPE = XlkpiCall("CPE", Array(Raw(spend), Raw(interactions)))
End Function

' Average spend for a thousand impressions. Some tools divide by reach or followers instead: compare only...
Public Function CPM(ByVal spend As Variant, ByVal impressions As Variant) As Variant
    CPM = XlkpiCall("CPM", Array(Raw(spend), Raw(impressions)))
End Function

' Average spend for one impression, that is CPM divided by 1,000.
Public Function CPI(ByVal spend As Variant, ByVal impressions As Variant) As Variant
    CPI = XlkpiCall("CPI", Array(Raw(spend), Raw(impressions)))
End Function

' Average spend for one click on the campaign link.
Public Function CPC(ByVal spend As Variant, ByVal clicks As Variant) As Variant
    CPC = XlkpiCall("CPC", Array(Raw(spend), Raw(clicks)))
End Function

' Average spend for one video view. Networks do not count a view after the same number of seconds.
Public Function CPV(ByVal spend As Variant, ByVal views As Variant) As Variant
    CPV = XlkpiCall("CPV", Array(Raw(spend), Raw(views)))
End Function

' Average spend for one published post, story or video.
Public Function COST_PER_POST(ByVal spend As Variant, ByVal posts As Variant) As Variant
    COST_PER_POST = XlkpiCall("COST_PER_POST", Array(Raw(spend), Raw(posts)))
End Function

' Average spend for a thousand followers, the followers of an influencer being counted once for each post.
Public Function COST_PER_THOUSAND_FOLLOWERS(ByVal spend As Variant, ByVal FOLLOWERS As Variant) As Variant
    COST_PER_THOUSAND_FOLLOWERS = XlkpiCall("COST_PER_THOUSAND_FOLLOWERS", Array(Raw(spend), Raw(FOLLOWERS)))
End Function

' Estimate of what the same exposure and interactions would have cost in advertising, from the dated rates in...
Public Function EMV(ByVal network As Variant, ByVal post_format As Variant, ByVal impressions As Variant, _
        Optional ByVal views As Variant, Optional ByVal likes As Variant, _
        Optional ByVal comments As Variant, Optional ByVal shares As Variant, _
        Optional ByVal saves As Variant, Optional ByVal clicks As Variant, _
        Optional ByVal method As Variant, Optional ByVal rates As Variant, _
        Optional ByVal currency_code As Variant) As Variant
    EMV = XlkpiCall("EMV", Array(Raw(network), Raw(post_format), Raw(impressions), Raw(views), Raw(likes), Raw(comments), _
        Raw(shares), Raw(saves), Raw(clicks), Raw(method), Raw(rates), Raw(currency_code)))
End Function

' Earned media value divided by what the campaign cost: above 1x, the same exposure would have cost more in...
Public Function EMV_RATIO(ByVal EMV As Variant, ByVal spend As Variant) As Variant
    EMV_RATIO = XlkpiCall("EMV_RATIO", Array(Raw(EMV), Raw(spend)))
End Function

' Positive comments as a share of all the comments that were classified, neutral ones included in the base.
Public Function POSITIVE_SENTIMENT(ByVal positive As Variant, ByVal neutral As Variant, ByVal negative As Variant) As Variant
    POSITIVE_SENTIMENT = XlkpiCall("POSITIVE_SENTIMENT", Array(Raw(positive), Raw(neutral), Raw(negative)))
End Function

' Positive minus negative comments, divided by all classified comments; it runs from 100% to 100%.
Public Function NET_SENTIMENT(ByVal positive As Variant, ByVal neutral As Variant, ByVal negative As Variant) As Variant
    NET_SENTIMENT = XlkpiCall("NET_SENTIMENT", Array(Raw(positive), Raw(neutral), Raw(negative)))
End Function

' Share of interactions that look genuine, once suspicious likes, bots and bought comments are set apart.
Public Function AUTHENTICITY(ByVal authentic As Variant, ByVal suspicious As Variant) As Variant
    AUTHENTICITY = XlkpiCall("AUTHENTICITY", Array(Raw(authentic), Raw(suspicious)))
End Function

' Weighted mark from 1 to 5 for how well the influencer suits the brand: opinions voiced, style, past...
Public Function BRAND_FIT(ByVal score As Variant) As Variant
    BRAND_FIT = XlkpiCall("BRAND_FIT", Array(Raw(score)))
End Function

' Average mark from 1 to 5 of the posts reviewed: consistency with the brand, lasting value, tone,...
Public Function CONTENT_QUALITY(ByVal scores As Variant, ByVal posts_scored As Variant) As Variant
    CONTENT_QUALITY = XlkpiCall("CONTENT_QUALITY", Array(Raw(scores), Raw(posts_scored)))
End Function

' Share of posts that you have the right to re-use, among those for which the rights are recorded.
Public Function REUSABLE_CONTENT(ByVal reusable_posts As Variant, ByVal reusable_known As Variant) As Variant
    REUSABLE_CONTENT = XlkpiCall("REUSABLE_CONTENT", Array(Raw(reusable_posts), Raw(reusable_known)))
End Function

' Recall among people exposed to the campaign minus recall in a control group, in points, from a survey.
Public Function BRAND_RECALL(ByVal exposed As Variant, ByVal control As Variant) As Variant
    BRAND_RECALL = XlkpiCall("BRAND_RECALL", Array(Raw(exposed), Raw(control)))
End Function

' Share who prefer the brand among people exposed to the campaign minus the same share in a control group, in...
Public Function BRAND_PREFERENCE(ByVal exposed As Variant, ByVal control As Variant) As Variant
    BRAND_PREFERENCE = XlkpiCall("BRAND_PREFERENCE", Array(Raw(exposed), Raw(control)))
End Function

' Result as a share of the target set before the campaign: 100% means that the target is met exactly.
Public Function ATTAINMENT(ByVal actual As Variant, ByVal target As Variant) As Variant
    ATTAINMENT = XlkpiCall("ATTAINMENT", Array(Raw(actual), Raw(target)))
End Function

' What a customer brings over the whole relationship: average order, times orders a year, times years, times...
Public Function CLV(ByVal order_value As Variant, ByVal orders_per_year As Variant, ByVal years As Variant, _
        ByVal margin As Variant) As Variant
    CLV = XlkpiCall("CLV", Array(Raw(order_value), Raw(orders_per_year), Raw(years), Raw(margin)))
End Function

' Share of the customers at the start of the period who are still customers at its end; those gained...
Public Function RETENTION_RATE(ByVal customers_end As Variant, ByVal customers_new As Variant, _
        ByVal customers_start As Variant) As Variant
    RETENTION_RATE = XlkpiCall("RETENTION_RATE", Array(Raw(customers_end), Raw(customers_new), Raw(customers_start)))
End Function

' Customers at the end of the month, or of another period, minus customers at its start: above zero means...
Public Function CUSTOMER_CHANGE(ByVal customers_end As Variant, ByVal customers_start As Variant) As Variant
    CUSTOMER_CHANGE = XlkpiCall("CUSTOMER_CHANGE", Array(Raw(customers_end), Raw(customers_start)))
End Function

' Share of delivered e-mails that were opened. Some mail apps open messages by themselves, which inflates it.
Public Function OPEN_RATE(ByVal opens As Variant, ByVal delivered As Variant) As Variant
    OPEN_RATE = XlkpiCall("OPEN_RATE", Array(Raw(opens), Raw(delivered)))
End Function

' Share of delivered e-mails in which a link was clicked.
Public Function EMAIL_CLICK_RATE(ByVal email_clicks As Variant, ByVal delivered As Variant) As Variant
    EMAIL_CLICK_RATE = XlkpiCall("EMAIL_CLICK_RATE", Array(Raw(email_clicks), Raw(delivered)))
End Function

' Share of the e-mails sent that the recipients' mail services accepted.
Public Function DELIVERABILITY(ByVal delivered As Variant, ByVal sent As Variant) As Variant
    DELIVERABILITY = XlkpiCall("DELIVERABILITY", Array(Raw(delivered), Raw(sent)))
End Function

' Share of requests that received an answer: influencers contacted, customers' questions or comments.
Public Function RESPONSE_RATE(ByVal answers As Variant, ByVal requests As Variant) As Variant
    RESPONSE_RATE = XlkpiCall("RESPONSE_RATE", Array(Raw(answers), Raw(requests)))
End Function

' Mean time taken to handle a request, in hours.
Public Function HANDLING_TIME(ByVal handling_hours As Variant, ByVal requests_handled As Variant) As Variant
    HANDLING_TIME = XlkpiCall("HANDLING_TIME", Array(Raw(handling_hours), Raw(requests_handled)))
End Function

' Share of revenue that remains as profit.
Public Function PROFIT_MARGIN(ByVal profit As Variant, ByVal revenue As Variant) As Variant
    PROFIT_MARGIN = XlkpiCall("PROFIT_MARGIN", Array(Raw(profit), Raw(revenue)))
End Function

' Profit obtained for the money invested, as a percentage of that investment.
Public Function PROFIT_ON_INVESTMENT(ByVal profit As Variant, ByVal investment As Variant) As Variant
    PROFIT_ON_INVESTMENT = XlkpiCall("PROFIT_ON_INVESTMENT", Array(Raw(profit), Raw(investment)))
End Function

' How far a result is from its target: relative for counts and amounts (-0.05 is -5%), in points for rates...
Public Function KPI_VARIANCE(ByVal actual As Variant, ByVal target As Variant, ByVal kpi As Variant) As Variant
    KPI_VARIANCE = XlkpiCall("KPI_VARIANCE", Array(Raw(actual), Raw(target), Raw(kpi)))
End Function

' Met, to watch or behind: the report's verdict on a result, in the direction that is better for the KPI.
Public Function KPI_STATUS(ByVal actual As Variant, ByVal target As Variant, ByVal kpi As Variant, _
        Optional ByVal language As Variant, Optional ByVal tolerance As Variant) As Variant
    KPI_STATUS = XlkpiCall("KPI_STATUS", Array(Raw(actual), Raw(target), Raw(kpi), Raw(language), Raw(tolerance)))
End Function

' The name of a KPI in the language you choose.
Public Function KPI_NAME(ByVal kpi As Variant, Optional ByVal language As Variant) As Variant
    KPI_NAME = XlkpiCall("KPI_NAME", Array(Raw(kpi), Raw(language)))
End Function

' Says in words why a KPI cell shows an error; empty for a figure.
Public Function KPI_WHY(ByVal value As Variant, Optional ByVal language As Variant) As Variant
    KPI_WHY = XlkpiCall("KPI_WHY", Array(Raw(value), Raw(language)))
End Function

' The tier of an influencer by followers, from nano to mega; the bounds differ between tools and are yours to...
Public Function TIER(ByVal FOLLOWERS As Variant, Optional ByVal tiers As Variant, _
        Optional ByVal language As Variant) As Variant
    TIER = XlkpiCall("TIER", Array(Raw(FOLLOWERS), Raw(tiers), Raw(language)))
End Function

' A link that web analytics can attribute: the address with its utm parameters.
Public Function UTM_LINK(ByVal url As Variant, ByVal source As Variant, ByVal medium As Variant, _
        ByVal campaign As Variant, Optional ByVal content As Variant) As Variant
    UTM_LINK = XlkpiCall("UTM_LINK", Array(Raw(url), Raw(source), Raw(medium), Raw(campaign), Raw(content)))
End Function
